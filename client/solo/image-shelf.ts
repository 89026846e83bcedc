/**
 * The training images of a page that trains by itself: fetched part by part as runs need them. More than 10,000 are not loaded
 * before somebody has agreed, and what could not be loaded is tried again when somebody says so.
 */
import { type Mnist, mnistInputs } from '../../shared/core/dataset.ts';
import { decodePart, type ImageChoice, imageParts, partsOf, sentBytesOfAPart } from '../../shared/protocol/images.ts';
import { manyImages } from '../../shared/verify/task.ts';
import type { ImageStanding } from './messages.ts';

const imagesOfAPart = 1000;
/** The part in which the pictures lie that every look shows: the first of the images that nothing is trained on. */
const partsOfLooks = partsOf({ train: 0, test: 10_000 }).slice(0, 1);
/** Parts on their way at once. */
const lanes = 4;

export type ShelfParts = {
  readonly fetchPart: (part: number) => Promise<Uint8Array>;
  readonly tell: (standing: ImageStanding) => void;
};

export class ImageShelf {
  /** All images at their places; those that have not been loaded are blank. */
  readonly mnist: Mnist = {
    pixels: new Uint8Array(imageParts * imagesOfAPart * mnistInputs),
    labels: new Uint8Array(imageParts * imagesOfAPart),
  };
  readonly #parts: ShelfParts;
  readonly #loaded = new Set<number>();
  #agreed: ((agreed: boolean) => void) | null = null;
  /** One choice is brought after another. */
  #bringing: Promise<void> = Promise.resolve();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  /** The parts of a choice that are not here, and of what looks show. */
  missing(choice: ImageChoice): number[] {
    return [...new Set([...partsOf(choice), ...partsOfLooks])].filter((part) => !this.#loaded.has(part));
  }

  /** Brings the images of a choice; `agreed`: however many. Rejects where somebody does not want them loaded. */
  bring(choice: ImageChoice, agreed = false): Promise<void> {
    if (this.missing(choice).length === 0) return Promise.resolve();
    const mine = this.#bringing.then(() => this.#bring(choice, agreed));
    this.#bringing = mine.catch(() => undefined);
    return mine;
  }

  /** Says whether to go on, when that was asked. */
  answer(agreed: boolean): void {
    this.#agreed?.(agreed);
    this.#agreed = null;
  }

  async #bring(choice: ImageChoice, agreed: boolean): Promise<void> {
    const missing = this.missing(choice);
    const images = missing.length * imagesOfAPart;
    if (images > manyImages && !agreed) await this.#ask({ kind: 'asking', images, megabytes: megabytesOf(missing) });
    for (;;) {
      const left = this.missing(choice);
      try {
        await this.#load(left);
        return this.#parts.tell({ kind: 'idle' });
      } catch {
        await this.#ask({ kind: 'failed', megabytes: megabytesOf(this.missing(choice)) });
      }
    }
  }

  async #ask(standing: ImageStanding): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#agreed = resolve;
    this.#parts.tell(standing);
    if (await promise) return;
    this.#parts.tell({ kind: 'idle' });
    throw new Error('its images were not loaded');
  }

  async #load(parts: readonly number[]): Promise<void> {
    const waiting = parts.values();
    let done = 0;
    const work = async (): Promise<void> => {
      for (const part of waiting) {
        const { pixels, labels } = decodePart(await this.#parts.fetchPart(part), part);
        this.mnist.pixels.set(pixels, part * imagesOfAPart * mnistInputs);
        this.mnist.labels.set(labels, part * imagesOfAPart);
        this.#loaded.add(part);
        this.#parts.tell({ kind: 'loading', share: ++done / parts.length });
      }
    };
    await Promise.all(Array.from({ length: lanes }, work));
  }
}

/** What parts weigh on their way, in MB. */
export const megabytesOf = (parts: readonly number[]): number => (parts.length * sentBytesOfAPart) / 1e6;
