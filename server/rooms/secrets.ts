/** Tokens, host keys and room codes: drawn at random, kept only as hashes, compared in constant time. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { customAlphabet } from 'nanoid';

/** Letters and digits that are not mistaken for each other when read aloud or from a projector. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 6;

export const newCode = customAlphabet(CODE_ALPHABET, CODE_LENGTH);
export const newId = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 16);

/** 256 bits, as text that fits into a URL. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A whole number from 0 to 2^52, for what is drawn in secret. */
export const newSeed = (): number => Number(randomBytes(8).readBigUInt64BE() >> 12n);

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Whether a secret has this hash; takes the same time whatever is wrong with it. */
export const matches = (secret: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(hash));

/** Reads a code as people type it, in any case and with spaces; null where it cannot be one. */
export function readCode(typed: string): string | null {
  const code = typed.replaceAll(/[\s-]/g, '').toUpperCase();
  return code.length === CODE_LENGTH && [...code].every((letter) => CODE_ALPHABET.includes(letter)) ? code : null;
}
