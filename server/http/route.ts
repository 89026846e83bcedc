/** What all routes share: a handler whose failure is heard of, and the one shape that refusals have. */
import type { Request, RequestHandler, Response } from 'express';
import type { Refusal, RefusalCode } from '../../shared/protocol/refusal.ts';

const statusOf: Partial<Record<RefusalCode, number>> = {
  unauthorized: 401,
  forbidden: 403,
  'room-not-found': 404,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'limit-reached': 429,
  'rate-limited': 429,
  unavailable: 503,
};

/** Answers with a refusal in the one shape that errors have. */
export function refuse(response: Response, error: Refusal): void {
  response.status(statusOf[error.code] ?? 400).json({ error });
}

/** Makes a route of a function that takes its time; where it fails, the application answers. */
export const route =
  (handle: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  (request, response, next) => {
    handle(request, response).catch(next);
  };
