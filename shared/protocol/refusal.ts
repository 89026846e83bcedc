/**
 * Refusals: the closed list of reasons for which a command, a request or a connection is turned down.
 * A refusal is a value that travels; it is never thrown.
 */

export const refusalCodes = [
  // what was sent cannot be read
  'invalid',
  'too-large',
  // who sent it may not
  'unauthorized',
  'forbidden',
  // what it names is not there
  'room-not-found',
  'room-ended',
  'not-found',
  // the room's standing does not allow it
  'conflict',
  'name-taken',
  'name-invalid',
  'room-full',
  'room-locked',
  'removed',
  'protocol-unsupported',
  // limits
  'too-expensive',
  'limit-reached',
  'rate-limited',
  // the server cannot just now
  'unavailable',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** Why something was refused: for programs the code, for people the sentence, for forms the field. */
export type Refusal = {
  readonly code: RefusalCode;
  readonly message: string;
  readonly path?: string;
  /** With `name-taken`: the same name with a number, which is free. */
  readonly suggestion?: string;
  /** With `removed`: the device may not come back under another name either, until a host undoes it. */
  readonly banned?: true;
};

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Refusal };

export const accepted = <T>(value: T): Result<T> => ({ ok: true, value });

/** Builds a refusal; the message names the offending value and what would be allowed. */
export const refused = (code: RefusalCode, message: string, path?: string): { ok: false; error: Refusal } => ({
  ok: false,
  error: path === undefined ? { code, message } : { code, message, path },
});

/** Marks the end of a switch over a union: a member that was forgotten is a type error here. */
export const assertNever = (value: never): never => {
  throw new Error(`invariant violation: unexpected ${JSON.stringify(value)}`);
};
