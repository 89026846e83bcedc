/** The line to a room in this page: messages to its worker instead of a socket, questions to it instead of requests. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LookRecord } from '../../shared/protocol/look.ts';
import type { CommandAck, Speed, Welcome } from '../../shared/protocol/wire.ts';
import { type History, pointsOfACurve, severalQuery } from '../room/history.ts';
import type { Hearing, Line, LookAnswer, Majorities, Reader, Wire } from '../room/line.ts';
import type { Refusal } from '../room/refusals.ts';
import type { FromRoom, ImageStanding, Order, Question, ToRoom } from './messages.ts';

/** How the room in this page stands: `ready` needs the server no more, unless images are asked for. */
export type Standing = {
  readonly room: { readonly kind: 'loading' | 'ready' } | { readonly kind: 'fault'; readonly message: string };
  readonly images: ImageStanding;
};

export type PageLine = Line & {
  readonly standing: StoreApi<Standing>;
  /** Says whether images may be loaded that were asked for. */
  images(agreed: boolean): void;
};

/** The worker as it is used here. */
export type RoomWorker = Pick<Worker, 'terminate'> & {
  postMessage(message: ToRoom): void;
  hear(message: (message: FromRoom) => void, fault: (message: string) => void): void;
};

const none = { kind: 'idle' } as const;

/** Builds the line to a room that is opened as ordered, in a worker that is started when somebody first listens. */
export function pageLine(order: Order, start: () => RoomWorker): PageLine {
  const standing = createStore<Standing>(() => ({ room: { kind: 'loading' }, images: none }));
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  let worker: RoomWorker | null = null;
  let last = 0;

  const request = (make: (n: number) => ToRoom): Promise<unknown> => {
    if (worker === null) return Promise.reject(new Error('the room is closed'));
    const question = Promise.withResolvers<unknown>();
    asked.set(++last, question);
    worker.postMessage(make(last));
    return question.promise;
  };
  const ask = (question: Question): Promise<unknown> => request((n) => ({ type: 'ask', n, question }));

  const reader: Reader = {
    // Page and worker are of one version, so answers are taken as they come.
    curves: (run, metrics, [from, to]) =>
      ask({ kind: 'curves', run, metrics, from, to, points: pointsOfACurve }) as Promise<History>,
    several: (spans, metrics, _signal, points) =>
      ask({ kind: 'several', query: severalQuery(spans, metrics, points) }) as Promise<readonly History[]>,
    lines: (run, [from, to]) => ask({ kind: 'lines', run, from, to }) as Promise<string[]>,
    look: ({ run, step, parts }) =>
      (ask({ kind: 'look', run, step, parts }) as Promise<Result>).then(
        (answer): LookAnswer => answer,
        (error: unknown): LookAnswer => ({ ok: false, error: { code: 'unavailable', message: String(error) } }),
      ),
  };

  const hear = (hearing: Hearing, message: FromRoom): void => {
    switch (message.type) {
      case 'welcome':
        hearing.connected();
        return hearing.welcome(message.welcome);
      case 'event':
        return hearing.event(message.event);
      case 'tick':
        return hearing.tick(message.tick);
      case 'presence':
        return hearing.presence(message.presence);
      case 'answer':
        asked.get(message.n)?.resolve(message.answer);
        return void asked.delete(message.n);
      case 'failed':
        asked.get(message.n)?.reject(new Error(message.message));
        return void asked.delete(message.n);
      case 'images':
        return standing.setState({ images: message.standing });
      case 'ready':
        return standing.setState({ room: { kind: 'ready' } });
      case 'fault':
        return standing.setState({ room: { kind: 'fault', message: message.message } });
      default:
        return message satisfies never;
    }
  };

  const listen = (hearing: Hearing): Wire => ({
    connect() {
      if (worker !== null) return;
      worker = start();
      worker.hear(
        (message) => hear(hearing, message),
        (message) => standing.setState({ room: { kind: 'fault', message } }),
      );
      worker.postMessage({ type: 'open', order });
    },
    disconnect() {
      worker?.terminate();
      worker = null;
      for (const { reject } of asked.values()) reject(new Error('the room is closed'));
      asked.clear();
      hearing.lost();
    },
    get connected() {
      return worker !== null;
    },
    command(input, _within, answer) {
      request((n) => ({ type: 'command', n, input })).then(
        (ack) => answer(ack as CommandAck),
        () => undefined,
      );
    },
    resume(_known, answer) {
      request((n) => ({ type: 'resume', n })).then(
        (welcome) => answer(welcome as Welcome),
        () => undefined,
      );
    },
    point: () => undefined,
    react: () => undefined,
    attention: () => undefined,
    chain: () => undefined,
    time(answer) {
      ask({ kind: 'time' }).then(
        (at) => answer(at as number),
        () => undefined,
      );
    },
  });

  return {
    place: 'page',
    standing,
    code: () => '',
    reader: () => reader,
    source: () => null,
    majorities: (train, test) => ask({ kind: 'majorities', train, test }) as Promise<Majorities>,
    speed: () => ask({ kind: 'speed' }) as Promise<Speed>,
    listen,
    admitted: () => undefined,
    follows: () => undefined,
    forgotten: () => undefined,
    images(agreed) {
      worker?.postMessage({ type: 'images', agreed });
    },
  };
}

type Result = { readonly ok: true; readonly value: LookRecord } | { readonly ok: false; readonly error: Refusal };

/** Starts the worker of a room. */
export function startRoomWorker(): RoomWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  return {
    postMessage: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
    hear(message, fault) {
      worker.addEventListener('message', (event: MessageEvent<FromRoom>) => message(event.data));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        // A script that cannot be loaded has nothing more to say than that.
        fault(event.message ?? '');
      });
    },
  };
}
