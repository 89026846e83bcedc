/**
 * What servers of one lab say to each other of a room. All of it may be lost: what matters is in the log and in the store, where a
 * server looks once a second anyway, and of the rest the next message is as good.
 */
import { z } from 'zod';
import { chainMessage } from '../../shared/protocol/chains.ts';
import { reactions } from '../../shared/protocol/reactions.ts';

const person = z.string();

const said = z.discriminatedUnion('kind', [
  /** The room's log has grown to event `seq`. */
  z.object({ kind: z.literal('seq'), seq: z.int() }),
  /** Points of a run have been stored, those that follow step `after`; the last one measured is `front`. */
  z.object({
    kind: z.literal('measured'),
    run: z.string(),
    after: z.int(),
    points: z.array(z.string()),
    front: z.int(),
  }),
  /** These people are connected to the server that says so; said again every other second. */
  z.object({ kind: z.literal('here'), people: z.array(person) }),
  /** A server that has missed what was said before asks for it anew. */
  z.object({ kind: z.literal('who') }),
  /** Somebody points, or called attention, or points no more. */
  z.object({
    kind: z.literal('pointer'),
    pointer: z.object({
      by: person,
      at: z.number(),
      spot: z.object({ run: z.string(), layer: z.int().nullable(), step: z.int() }).nullable(),
      ping: z.boolean(),
    }),
  }),
  /** These people have given these signs in the last half second. */
  z.object({ kind: z.literal('reactions'), given: z.array(z.tuple([person, z.literal(reactions)])) }),
  /** The chains of these people are now so. */
  z.object({ kind: z.literal('chains'), chains: z.array(z.tuple([person, chainMessage])) }),
  /** A worker is there, and trains so many runs; said every other second, and once more as it ends. */
  z.object({
    kind: z.literal('worker'),
    threads: z.int(),
    live: z.int(),
    rates: z.record(z.string(), z.record(z.string(), z.number())),
    isLeaving: z.boolean(),
  }),
]);

export type Said = z.output<typeof said>;

const letter = z.object({ from: z.string(), said });

/** Writes what the server with an id says. */
export const writeLetter = (from: string, message: Said): string => JSON.stringify({ from, said: message });

/** Reads what a server has said; null where this version does not know what to do with it. */
export function readLetter(text: string): { readonly from: string; readonly said: Said } | null {
  try {
    const parsed = letter.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
