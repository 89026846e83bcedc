/**
 * Whether a phone reaches this server: a host makes a mark, its address is opened on a phone, and the host's page learns that
 * it was. Marks are in memory only, few, and short-lived.
 */
import { type RequestHandler, Router } from 'express';
import { refused } from '../../shared/protocol/refusal.ts';
import { newId } from '../rooms/secrets.ts';
import { refuse } from './route.ts';

const keptMs = 600_000;
const mostMarks = 1000;

type Mark = { readonly madeAt: number; reached: number };

/** The routes: `POST /api/reach` makes a mark, `GET /api/reach/:mark` tells how often it was reached, `GET /reach/:mark` reaches it. */
export function reachRoutes(now: () => number): Router {
  const marks = new Map<string, Mark>();
  const sweep = (): void => {
    for (const [id, { madeAt }] of marks) if (now() - madeAt > keptMs || marks.size >= mostMarks) marks.delete(id);
  };
  const markOf: RequestHandler<{ mark: string }> = (request, response, next) => {
    const mark = marks.get(request.params.mark);
    if (mark !== undefined) {
      response.locals['mark'] = mark;
      return next();
    }
    refuse(response, refused('not-found', 'there is no such test; it may be older than ten minutes').error);
  };
  const found = (response: { locals: Record<string, unknown> }): Mark => response.locals['mark'] as Mark;
  const router = Router();
  router.post('/api/reach', (_request, response) => {
    sweep();
    const id = newId();
    marks.set(id, { madeAt: now(), reached: 0 });
    response.status(201).json({ mark: id, path: `/reach/${id}` });
  });
  router.get('/api/reach/:mark', markOf, (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ reached: found(response).reached });
  });
  router.get('/reach/:mark', markOf, (_request, response) => {
    found(response).reached++;
    response.set('Cache-Control', 'no-store').type('html').send(page);
  });
  return router;
}

/** What the phone shows; in both languages, since nobody knows whose phone it is. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Deltaroom</title>
<style>body{font:20px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:20em;padding:0 1em;text-align:center;color-scheme:light dark}</style>
<h1>✓ Deltaroom</h1>
<p>This phone reaches the lab.</p>
<p lang="zh-CN">这部手机可以访问实验室。</p>
</html>
`;
