/** The worker in which a run is computed again, so that the page goes on drawing. It takes one order and reports. */
import { fetchLines } from '../room/history.ts';
import type { Span } from '../room/spans.ts';
import { fetchDataset } from './images.ts';
import { kernelsFor } from './kernels.ts';
import type { Answer, Failure, FromWorker, Order } from './messages.ts';
import { type Progress, verify } from '../../shared/verify/verify.ts';

/** Progress is told at most this often, in ms. */
const tellEvery = 100;

const tell = (report: FromWorker): void => postMessage(report);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A source that could not be had, told apart from faults of the recomputation. */
class NotHad extends Error {
  readonly trouble: Failure['trouble'];

  constructor(trouble: Failure['trouble'], cause: unknown) {
    super(messageOf(cause));
    this.trouble = trouble;
  }
}

const orNotHad =
  (trouble: Failure['trouble']) =>
  (cause: unknown): never => {
    throw new NotHad(trouble, cause);
  };

async function work({ task, run, source }: Order): Promise<void> {
  let told = -Infinity;
  const progressed = (progress: Progress): void => {
    const now = performance.now();
    if (now - told < tellEvery) return;
    told = now;
    tell({ type: 'progress', progress });
  };
  try {
    const sources = {
      kernels: kernelsFor,
      dataset: (...wanted: Parameters<typeof fetchDataset>) => fetchDataset(...wanted).catch(orNotHad('images')),
      lines: (...[span]: Parameters<Parameters<typeof verify>[1]['lines']>) =>
        (source === null ? askForLines(span) : fetchLines(source, run, span)).catch(orNotHad('measurements')),
    };
    tell({ type: 'done', outcome: await verify(task, sources, progressed) });
  } catch (error) {
    tell({ type: 'failed', trouble: error instanceof NotHad ? error.trouble : 'fault', message: messageOf(error) });
  }
}

/** What the page has been asked for and has not answered. */
const questions: ((lines: readonly string[] | null) => void)[] = [];

async function askForLines(span: Span): Promise<string[]> {
  const lines = await new Promise<readonly string[] | null>((answer) => {
    tell({ type: 'asks', question: questions.push(answer) - 1, span });
  });
  if (lines === null) throw new Error('the page has no measurements');
  return [...lines];
}

addEventListener('message', ({ data }: MessageEvent<Order | Answer>) => {
  if ('answer' in data) questions[data.answer]?.(data.lines);
  else void work(data);
});
