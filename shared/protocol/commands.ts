/**
 * Commands: what people may ask of a room, each with its schema and the roles that may send it. This table is the only
 * place where either is written down.
 */
import { z } from 'zod';
import type { ChallengeId } from './challenges.ts';
import {
  boardChange,
  changeInput,
  configurationInput,
  drawnLine,
  guessOnStart,
  identifier,
  pollAnswer,
  pollQuestion,
  seconds,
  settings,
  someOptions,
  someText,
  step,
  text,
} from './command-fields.ts';
import { guessChoices } from './guesses.ts';
import { viewPattern } from './lead.ts';
import { fixedLimits } from './limits.ts';
import { accepted, refused, type Result } from './refusal.ts';
import { describeIssue, quote } from './schema-errors.ts';
import { type PersonId, type Role, roles, type RunEnd, type RunId, showTimes, type SweepId } from './state.ts';
import { sweepFields, type SweepPoint, sweepReceivers, type ValuePoint } from './sweeps.ts';

const everybody: readonly Role[] = roles;
const taking: readonly Role[] = ['host', 'co-host', 'student'];
const leading: readonly Role[] = ['host', 'co-host'];
const hosting: readonly Role[] = ['host'];
const studying: readonly Role[] = ['student'];

/** Type, data and roles of each command. Where a person must be an author to do it, `decide` checks that. */
export const commandTable = {
  leave: { roles: everybody, data: z.strictObject({}) },
  propose: {
    roles: taking,
    data: z.strictObject({
      base: identifier.nullable().default(null),
      change: configurationInput,
      fork: step.nullable().default(null),
      reason: text(fixedLimits.reasonLength).default(''),
      split: z.boolean().default(false),
    }),
  },
  withdraw: { roles: taking, data: z.strictObject({ proposal: identifier }) },
  accept: { roles: leading, data: z.strictObject({ proposal: identifier }) },
  reject: {
    roles: leading,
    data: z.strictObject({ proposal: identifier, reason: text(fixedLimits.reasonLength).default('') }),
  },
  start: {
    roles: leading,
    data: z.union([
      z.strictObject({ proposal: identifier, guess: guessOnStart }),
      z.strictObject({ configuration: configurationInput, guess: guessOnStart }),
    ]),
  },
  pause: { roles: leading, data: z.strictObject({ step: step.optional() }) },
  resume: { roles: leading, data: z.strictObject({}) },
  step: { roles: leading, data: z.strictObject({}) },
  stop: { roles: leading, data: z.strictObject({ run: identifier }) },
  speed: { roles: leading, data: z.strictObject({ showTime: z.literal(showTimes) }) },
  seek: { roles: leading, data: z.strictObject({ step, run: identifier.optional() }) },
  fork: {
    roles: leading,
    data: z.strictObject({ run: identifier, step: step.optional(), change: changeInput.optional() }),
  },
  pin: {
    roles: taking,
    data: z.strictObject({
      run: identifier,
      step,
      layer: z.int().min(1).max(65).nullable().default(null),
      text: text(fixedLimits.pinLength).refine((cleaned) => cleaned !== '', { error: 'must not be empty' }),
    }),
  },
  unpin: { roles: taking, data: z.strictObject({ pin: identifier }) },
  guess: {
    roles: taking,
    data: z.strictObject({
      guess: identifier,
      choice: z.literal(guessChoices),
      slowest: z.int().min(1).max(64).nullable().default(null),
      line: drawnLine.nullable().default(null),
      reason: text(fixedLimits.guessReasonLength).default(''),
    }),
  },
  'count-hands': {
    roles: leading,
    data: z.strictObject({
      guess: identifier,
      choices: z.partialRecord(z.literal(guessChoices), z.int().min(0).max(10_000)),
    }),
  },
  discuss: { roles: leading, data: z.strictObject({ guess: identifier, seconds }) },
  'guess-again': { roles: leading, data: z.strictObject({ guess: identifier, seconds }) },
  'close-guess': { roles: leading, data: z.strictObject({ guess: identifier }) },
  reveal: { roles: leading, data: z.strictObject({ guess: identifier }) },

  // people and the room itself
  rename: { roles: taking, data: z.strictObject({ person: identifier.optional(), name: z.string() }) },
  'raise-hand': { roles: taking, data: z.strictObject({}) },
  'lower-hand': { roles: taking, data: z.strictObject({ person: identifier.optional() }) },
  'lower-all-hands': { roles: leading, data: z.strictObject({}) },
  grant: { roles: hosting, data: z.strictObject({ person: identifier }) },
  revoke: { roles: hosting, data: z.strictObject({ person: identifier }) },
  remove: { roles: leading, data: z.strictObject({ person: identifier }) },
  ban: { roles: leading, data: z.strictObject({ person: identifier }) },
  unban: { roles: leading, data: z.strictObject({ person: identifier }) },
  merge: { roles: leading, data: z.strictObject({ person: identifier, into: identifier }) },
  admit: { roles: leading, data: z.strictObject({ person: identifier }) },
  'admit-all': { roles: leading, data: z.strictObject({}) },
  lock: { roles: leading, data: z.strictObject({}) },
  unlock: { roles: leading, data: z.strictObject({}) },
  'rotate-code': { roles: leading, data: z.strictObject({}) },
  settings: { roles: leading, data: settings },
  end: { roles: hosting, data: z.strictObject({}) },
  'open-poll': {
    roles: leading,
    data: pollQuestion.extend({ seconds }),
  },
  'answer-poll': { roles: taking, data: z.strictObject({ poll: identifier, answer: pollAnswer }) },
  'count-poll-hands': {
    roles: leading,
    data: z.strictObject({ poll: identifier, hands: z.array(z.int().min(0).max(10_000)).max(fixedLimits.pollOptions) }),
  },
  'close-poll': { roles: leading, data: z.strictObject({ poll: identifier }) },
  'poll-again': { roles: leading, data: z.strictObject({ poll: identifier, seconds }) },
  'reveal-poll': { roles: leading, data: z.strictObject({ poll: identifier, right: someOptions.default([]) }) },
  'show-answer': {
    roles: leading,
    data: z.strictObject({ poll: identifier, text: someText(fixedLimits.pollTextLength), shown: z.boolean() }),
  },
  ask: { roles: taking, data: z.strictObject({ text: someText(fixedLimits.questionLength) }) },
  'want-answer': { roles: taking, data: z.strictObject({ question: identifier, wanted: z.boolean() }) },
  'answer-question': {
    roles: leading,
    data: z.strictObject({ question: identifier, text: text(fixedLimits.questionAnswerLength).default('') }),
  },
  'hide-question': { roles: taking, data: z.strictObject({ question: identifier, hidden: z.boolean() }) },
  'take-questions': {
    roles: leading,
    data: z.strictObject({ slow: z.int().min(0).max(3600).optional(), screen: z.boolean().optional() }),
  },
  'show-view': {
    roles: taking,
    data: z.strictObject({
      view: z
        .string()
        .max(fixedLimits.viewLength)
        .regex(viewPattern, { error: 'must be the search part of an address' }),
    }),
  },
  'lock-view': { roles: leading, data: z.strictObject({ locked: z.boolean() }) },
  'call-back': { roles: leading, data: z.strictObject({}) },
  spotlight: { roles: taking, data: z.strictObject({ person: identifier.nullable() }) },
  'ask-spotlight': { roles: studying, data: z.strictObject({}) },
  'decline-spotlight': { roles: taking, data: z.strictObject({ person: identifier.optional() }) },
  next: { roles: leading, data: z.strictObject({ expects: identifier }) },
  skip: { roles: leading, data: z.strictObject({ expects: identifier }) },
  back: { roles: leading, data: z.strictObject({ from: step }) },
  'share-record': { roles: leading, data: z.strictObject({ open: z.boolean(), names: z.boolean().default(false) }) },
  // The chat
  chat: {
    roles: leading,
    data: z.strictObject({ open: z.boolean().optional(), slow: z.int().min(0).max(3600).optional() }),
  },
  say: { roles: taking, data: z.strictObject({ text: someText(fixedLimits.messageLength) }) },
  'hide-message': { roles: leading, data: z.strictObject({ message: identifier, hidden: z.boolean().default(true) }) },
  // The board and class sweeps
  vote: { roles: taking, data: z.strictObject({ proposal: identifier, for: z.boolean().default(true) }) },
  comment: {
    roles: taking,
    data: z.strictObject({
      proposal: identifier,
      text: text(fixedLimits.commentLength).refine((cleaned) => cleaned !== '', { error: 'must not be empty' }),
    }),
  },
  'hide-comment': {
    roles: leading,
    data: z.strictObject({ proposal: identifier, comment: identifier, hidden: z.boolean().default(true) }),
  },
  'start-batch': {
    roles: leading,
    data: z.strictObject({ proposals: z.array(identifier).min(1).max(fixedLimits.proposalsPerBatch) }),
  },
  'set-board': { roles: leading, data: boardChange },
  sweep: {
    roles: leading,
    data: z.strictObject({
      base: identifier.nullable().default(null),
      field: z.literal(sweepFields),
      values: z
        .array(z.union([z.number(), z.string().max(40)]))
        .min(1)
        .max(fixedLimits.sweepValues),
      trained: z.boolean().default(false),
      epochs: z.int().min(1).max(10_000).optional(),
      to: z.literal(sweepReceivers).default('each'),
    }),
  },
  'hand-out': {
    roles: leading,
    data: z.strictObject({ sweep: identifier, to: z.literal(['each', 'teams']).default('each') }),
  },
  'end-sweep': { roles: leading, data: z.strictObject({ sweep: identifier }) },
  // Challenges
  'claim-cell': { roles: taking, data: z.strictObject({ challenge: identifier, cell: z.int().min(0).optional() }) },
  'fill-map': { roles: leading, data: z.strictObject({ challenge: identifier }) },
  'try-rescue': { roles: taking, data: z.strictObject({ challenge: identifier, change: configurationInput }) },
  match: { roles: taking, data: z.strictObject({ challenge: identifier, answer: z.array(z.int().min(0)).max(8) }) },
} as const satisfies Record<string, { roles: readonly Role[]; data: z.ZodType }>;

export type CommandType = keyof typeof commandTable;

/** A command that is well formed; whether the room allows it is for `decide` to say. */
export type Command = {
  [T in CommandType]: { readonly type: T; readonly data: z.output<(typeof commandTable)[T]['data']> };
}[CommandType];

/** What a client has to send as `data` of a command of type `T`. */
export type CommandInput<T extends CommandType> = z.input<(typeof commandTable)[T]['data']>;

/** Who has come to this room from the device before. */
export type Device = readonly PersonId[];

/** Somebody new; `count`: how many sit at the device. */
export type Joining = {
  readonly name: string | undefined;
  readonly role: Role;
  readonly count?: number | undefined;
  readonly device?: Device | undefined;
  /** Nobody is there: the server plays this student in a rehearsal. */
  readonly pretend?: true;
};

/** What the server itself asks of a room. */
export type ServerCommand =
  | { readonly type: 'join'; readonly data: Joining }
  | { readonly type: 'return'; readonly data: { readonly person: PersonId; readonly device?: Device } }
  | { readonly type: 'end-run'; readonly data: { readonly run: RunId; readonly end: RunEnd } }
  | { readonly type: 'take-points'; readonly data: { readonly sweep: SweepId; readonly points: readonly SweepPoint[] } }
  /** Ends the room, since it is to be deleted. */
  | { readonly type: 'end-room'; readonly data: Readonly<Record<never, never>> }
  | {
      readonly type: 'take-values';
      readonly data: { readonly challenge: ChallengeId; readonly values: readonly ValuePoint[] };
    }
  | { readonly type: 'fail-sweep'; readonly data: { readonly sweep: SweepId } }
  /** Closes the guesses and polls whose timer has run out. */
  | { readonly type: 'close-due'; readonly data: Readonly<Record<never, never>> };

const envelope = z.strictObject({
  id: z
    .string()
    .min(1, { error: 'must not be empty' })
    .max(fixedLimits.commandIdLength, { error: `must have at most ${fixedLimits.commandIdLength} characters` })
    // The store keeps it as it is, and texts of a database have neither.
    .regex(/^[^\0\p{Surrogate}]*$/u, { error: 'must be text without U+0000 and without halves of characters' }),
  type: z.string(),
  data: z.unknown(),
});

export type CommandEnvelope = { readonly id: string; readonly command: Command };

/** Parses what came over the wire as a command: its envelope first, then its data by the table. */
export function parseCommand(input: unknown): Result<CommandEnvelope> {
  const outer = envelope.safeParse(input);
  if (!outer.success) return refused('invalid', ...describeIssue(outer.error, input));
  const { id, type, data } = outer.data;
  if (!isCommandType(type)) {
    const known = Object.keys(commandTable).join(', ');
    return refused('invalid', `type is ${quote(type)}; it must be one of ${known}`, 'type');
  }
  const inner = commandTable[type].data.safeParse(data);
  if (!inner.success) {
    const [message, path] = describeIssue(inner.error, data);
    return refused('invalid', message, path === '' ? 'data' : `data.${path}`);
  }
  // The table ties type and data together; the compiler cannot follow an index by a union.
  return accepted({ id, command: { type, data: inner.data } as Command });
}

const isCommandType = (type: string): type is CommandType => Object.hasOwn(commandTable, type);
