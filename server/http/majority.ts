/** Tells how often the most frequent digit occurs in a choice of images; nobody has to say who they are. */
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Mnist } from '../../shared/core/dataset.ts';
import { majorityOf } from '../../shared/core/majority.ts';
import { refused } from '../../shared/protocol/refusal.ts';
import { describeIssue } from '../../shared/protocol/schema-errors.ts';
import { refuse } from './route.ts';

const count = z
  .string()
  .regex(/^\d{1,5}$/, { error: 'must be a whole number from 0 to 60000' })
  .transform(Number)
  .refine((images) => images <= 60_000, { error: 'must be at most 60000' });
const majorityQuery = z.strictObject({ train: count.default(1000), test: count.default(10_000) });

/** Answers for the first `train` and the last `test` of all images. */
export function serveMajority(mnist: Pick<Mnist, 'labels'>): RequestHandler {
  return (request, response) => {
    const query = majorityQuery.safeParse(request.query);
    if (!query.success) return refuse(response, refused('invalid', ...describeIssue(query.error, request.query)).error);
    const { train, test } = query.data;
    const { labels } = mnist;
    response
      .set('Cache-Control', 'public, max-age=31536000, immutable')
      .json({ train: majorityOf(labels, 0, train), test: majorityOf(labels, labels.length - test, labels.length) });
  };
}
