/** How a look into a network is written: in three parts, since a page rarely wants all of them at once. */
import type { Look } from '../core/look.ts';
import { toJsonNumber, toWireNumber, type WireNumber } from './wire-numbers.ts';

export const lookParts = ['layers', 'sees', 'says'] as const;
export type LookPart = (typeof lookParts)[number];

/** What there is beside the parts: the run that was asked for and its engine; `digest` is that of the parameters looked at. */
export type LookHead = { readonly run: string; readonly engine: string } & Pick<Look, 'step' | 'images'> & {
    readonly digest: string;
  };

/** A look as it is sent, with the parts that were asked for. What is not finite is a string. */
export type LookRecord = LookHead & Partial<Pick<Look<WireNumber>, LookPart>>;

/** Each part as a text of JSON. Pictures of weights, and those that an autoencoder answers with, have 4 significant digits, which is more than a screen shows. */
export type WrittenLook = Readonly<Record<LookPart, string>>;

/** Writes the parts of a look. */
export function writeLook({ layers, sees, says }: Look): WrittenLook {
  const isPicture = says.labels.length === 0;
  return {
    layers: write(layers, toJsonNumber),
    sees: write(sees, toWireNumber),
    says: write(says, isPicture ? toWireNumber : toJsonNumber),
  };
}

/** Puts parts of a look together as one JSON object. */
export function joinLook(head: LookHead, look: WrittenLook, parts: readonly LookPart[]): string {
  const written = lookParts.filter((part) => parts.includes(part)).map((part) => `,"${part}":${look[part]}`);
  return `${JSON.stringify(head).slice(0, -1)}${written.join('')}}`;
}

const write = (value: unknown, number: (value: number) => WireNumber): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'number' ? number(inner) : inner));
