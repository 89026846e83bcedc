/** Answers who asks for a look into a run, with the text compressed once for everybody. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { accepted, type Result } from '../../shared/protocol/refusal.ts';
import { findLook, writeFound } from '../../shared/serving/look-query.ts';
import type { Asked } from '../../shared/serving/reading.ts';
import type { KeptLook, Looks } from '../../shared/training/looks.ts';

const compress = promisify(gzip);

/** The answer as JSON, plain or compressed with gzip. */
export type LookAnswer = { readonly text: () => string; readonly compressed: () => Promise<Buffer> };

/** Makes the answering of looks; what it has compressed it keeps for as long as the look is kept. */
export function lookAnswers(looks: Looks): (asked: Asked, query: unknown) => Promise<Result<LookAnswer>> {
  const bodies = new WeakMap<KeptLook, Map<string, Promise<Buffer>>>();

  /** A failure is not kept. */
  function compressedOnce(look: KeptLook, name: string, text: () => string): Promise<Buffer> {
    const ofLook = bodies.get(look) ?? new Map<string, Promise<Buffer>>();
    bodies.set(look, ofLook);
    const known = ofLook.get(name);
    if (known !== undefined) return known;
    const made = compress(text());
    ofLook.set(name, made);
    made.catch(() => ofLook.delete(name));
    return made;
  }

  return async (asked, query) => {
    const found = await findLook(looks, asked, query);
    if (!found.ok) return found;
    const { look, parts } = found.value;
    const text = () => writeFound(asked, found.value);
    return accepted({ text, compressed: () => compressedOnce(look, `${asked.run.id} ${parts.join()}`, text) });
  };
}
