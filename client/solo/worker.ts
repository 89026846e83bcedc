/** The worker in which the room of a page lives: a room, and the messages of the worker. */
import '../shell/no-compiling.ts';
import { wasmEngine } from '../../shared/core/kernels/wasm.ts';
import { kernelsFor } from '../verify/kernels.ts';
import { fetchPart } from '../verify/images.ts';
import { ImageShelf } from './image-shelf.ts';
import { LocalRoom } from './local-room.ts';
import type { FromRoom, ToRoom } from './messages.ts';

const post = (message: FromRoom): void => postMessage(message);

/** A turn of this worker, which timers would make wait for milliseconds. */
const { port1: here, port2: there } = new MessageChannel();
const turns: (() => void)[] = [];
here.addEventListener('message', () => turns.shift()?.());
here.start();
const soon = (work: () => void): void => {
  turns.push(work);
  there.postMessage(null);
};

/** What comes while the kernels are fetched waits for them. */
const room = open();

async function open(): Promise<LocalRoom> {
  const kernels = await kernelsFor(wasmEngine);
  if (kernels === null) throw new Error(`invariant violation: the page has no ${wasmEngine}`);
  return new LocalRoom({
    images: new ImageShelf({ fetchPart, tell: (standing) => post({ type: 'images', standing }) }),
    bench: { fastKernels: () => kernels, clock: () => performance.now(), soon },
    time: {
      now: () => performance.now(),
      later(work, ms) {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    },
    now: Date.now,
    post,
  });
}

addEventListener('message', ({ data }: MessageEvent<ToRoom>) => {
  room.then(
    (opened) => opened.hear(data),
    (error: unknown) => post({ type: 'fault', message: String(error) }),
  );
});
