/** What people in the fuzz send: commands of every type, most of them such as a page would send, some such as none would. */
import { type CommandType, commandTable } from '../../shared/protocol/commands.ts';
import { guessChoices } from '../../shared/protocol/guesses.ts';
import { nextMove, skipMove } from '../../shared/protocol/next-move.ts';
import type { Secrets } from '../../shared/protocol/secrets.ts';
import { mayCommand } from '../../shared/protocol/roles.ts';
import { lookUp, type RoomState } from '../../shared/protocol/state.ts';
import { commandSamples } from '../support/command-samples.ts';
import type { Chance } from './chance.ts';

export type Wish = { readonly type: CommandType; readonly data: object };

/** What whoever sends knows: as an honest page does, also where that is no longer so. */
export type Knowing = { readonly state: RoomState; readonly secrets: Secrets; readonly you: string };

const types = Object.keys(commandTable) as CommandType[];
/** Rare, since they end the room or take people out of it; the others are alike. */
const rare: ReadonlySet<CommandType> = new Set(['end', 'leave', 'remove', 'ban', 'rotate-code', 'lock', 'merge']);
/** What a class does at a moment. */
function fitting({ proposals, guesses, polls, chat, lesson }: RoomState): CommandType[] {
  const fits: CommandType[] = ['propose', 'start', 'ask', 'raise-hand', 'open-poll', 'set-board', 'settings'];
  if (Object.keys(proposals).length > 0) fits.push('vote', 'comment', 'accept', 'start-batch');
  if (Object.values(guesses).some(({ standing }) => standing.kind !== 'revealed'))
    fits.push('guess', 'guess', 'guess', 'discuss', 'guess-again', 'close-guess', 'reveal', 'count-hands');
  if (Object.values(polls).some(({ standing }) => standing.kind !== 'revealed'))
    fits.push('answer-poll', 'answer-poll', 'close-poll', 'poll-again', 'reveal-poll', 'count-poll-hands');
  fits.push(chat?.open === true ? 'say' : 'chat');
  if (lesson !== null) fits.push('next', 'next', 'skip');
  return fits;
}

/** Draws a command; `mark` is a text that no other command has. */
export function wish(chance: Chance, knowing: Knowing, mark: string): Wish {
  const role = lookUp(knowing.state.people, knowing.you)?.role;
  // Nine of ten are such as a page of that role offers.
  const offered = (all: readonly CommandType[]): readonly CommandType[] =>
    role === undefined || chance.happens(0.1) ? all : all.filter((one) => mayCommand(role, one));
  let type = chance.pick(offered(chance.happens(0.6) ? fitting(knowing.state) : types)) ?? 'leave';
  if (rare.has(type) && !chance.happens(type === 'end' ? 0.02 : 0.15)) type = role === 'screen' ? 'say' : 'raise-hand';
  return { type, data: dataOf(type, chance, knowing, mark) };
}

/** Spoils data in one of the ways in which scripts do. */
export function spoilt(chance: Chance, data: object): unknown {
  const keys = Object.keys(data);
  const key = chance.pick(keys) ?? 'x';
  const values: [unknown, ...unknown[]] = [
    null,
    -1,
    1e308,
    'x'.repeat(5000),
    [],
    {},
    [[[[]]]],
    true,
    '\uD83D',
    '__proto__',
    { toString: 1 },
  ];
  switch (chance.below(4)) {
    case 0:
      return { ...data, [key]: chance.one(values) };
    case 1:
      return { ...data, unknown: 1 };
    case 2:
      return Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
    default:
      return chance.one(values);
  }
}

const configuration = (chance: Chance): object => ({
  dataset: { name: 'xor', train: 20, test: 0 },
  hidden: chance.happens(0.8) ? [4, 3] : [4],
  batchSize: 10,
  epochs: 5,
  measureEvery: 1,
  seed: 1 + chance.below(4),
});

const timer = (chance: Chance): { seconds?: number } => (chance.happens(0.5) ? { seconds: 5 + chance.below(20) } : {});
const asked = (chance: Chance): { guess?: object } =>
  chance.happens(0.4) ? { guess: { ...timer(chance), slowest: chance.happens(0.3), line: chance.happens(0.2) } } : {};

function dataOf(type: CommandType, chance: Chance, { state, secrets, you }: Knowing, mark: string): object {
  const idIn = (things: object, none: string): string =>
    chance.happens(0.02)
      ? chance.one(['__proto__', 'constructor', 'run-99', ''])
      : // Mostly the newest, which is what people look at.
        ((chance.happens(0.6) ? Object.keys(things).at(-1) : chance.pick(Object.keys(things))) ?? none);
  const named = withNames(commandSamples[type], {
    proposal: () => idIn(state.proposals, 'proposal-1'),
    run: () => idIn(state.runs, 'run-1'),
    pin: () => idIn(state.pins, 'pin-1'),
    guess: () => idIn(state.guesses, 'guess-1'),
    poll: () => idIn(state.polls, 'poll-1'),
    question: () => idIn(state.questions, 'question-1'),
    person: () => idIn(state.people, 'person-1'),
    into: () => idIn(state.people, 'person-1'),
    sweep: () => idIn(state.sweeps, 'sweep-1'),
    message: () => chance.pick(state.chat?.messages ?? [])?.id ?? 'message-1',
    text: () => mark,
    step: () => chance.below(12),
  });
  switch (type) {
    case 'propose':
      return {
        base: chance.happens(0.5) ? null : idIn(state.runs, 'run-1'),
        change: { seed: 2 + chance.below(50), ...(chance.happens(0.2) ? { epochs: 6 } : {}) },
        reason: mark,
        ...(chance.happens(0.1) ? { fork: chance.below(10) } : {}),
        ...(chance.happens(0.1) ? { split: true } : {}),
      };
    case 'start':
      return chance.happens(0.5)
        ? { proposal: idIn(state.proposals, 'proposal-1'), ...asked(chance) }
        : { configuration: configuration(chance), ...asked(chance) };
    case 'start-batch':
      return { proposals: [...new Set([idIn(state.proposals, 'proposal-1'), idIn(state.proposals, 'proposal-2')])] };
    case 'fork':
      return { run: idIn(state.runs, 'run-1'), ...(chance.happens(0.5) ? { step: chance.below(8) } : {}) };
    case 'seek':
      return { step: chance.below(12), ...(chance.happens(0.5) ? { run: idIn(state.runs, 'run-1') } : {}) };
    case 'speed':
      return { showTime: chance.one([5, 20, 60, 'live']) };
    case 'guess':
      // Nobody but its author and those who lead may ever see this text.
      return { guess: idIn(state.guesses, 'guess-1'), choice: chance.one([...guessChoices]), reason: `secret-${you}-` };
    case 'discuss':
    case 'guess-again':
      return { ...named, ...timer(chance) };
    case 'next':
    case 'skip':
      return { expects: (type === 'next' ? nextMove : skipMove)(state, secrets)?.id ?? 'nothing' };
    case 'back':
      return { from: state.lesson?.step ?? 0 };
    case 'open-poll':
      return chance.happens(0.5)
        ? { question: mark, kind: 'text', ...timer(chance) }
        : { question: mark, kind: chance.one(['choice', 'choices']), options: ['first', 'last'], ...timer(chance) };
    case 'answer-poll': {
      const poll = idIn(state.polls, 'poll-1');
      const isText = Object.hasOwn(state.polls, poll) && state.polls[poll]?.kind === 'text';
      return {
        poll,
        answer: isText ? { text: chance.one(['depth', 'width', 'chance']) } : { options: [chance.below(2)] },
      };
    }
    case 'show-answer':
      return { poll: idIn(state.polls, 'poll-1'), text: chance.one(['depth', 'width']), shown: chance.happens(0.7) };
    case 'count-poll-hands':
      return { poll: idIn(state.polls, 'poll-1'), hands: [chance.below(9), chance.below(9)] };
    case 'hide-comment': {
      const proposal = idIn(state.proposals, 'proposal-1');
      const comments = Object.hasOwn(state.proposals, proposal) ? (state.proposals[proposal]?.comments ?? []) : [];
      return { proposal, comment: chance.pick(comments)?.id ?? 'comment-1', hidden: chance.happens(0.7) };
    }
    case 'set-board':
      return chance.one<object>([
        { policy: { kind: 'host' } },
        { policy: { kind: 'votes', votes: 2, start: chance.happens(0.5) } },
        { policy: { kind: 'everybody' } },
        { frozen: chance.happens(0.3) },
        { openEach: 1 + chance.below(4) },
        { teams: chance.one(['large', 'always', 'never']) },
        { locked: chance.happens(0.5) ? ['optimizer'] : [] },
        { runsEach: chance.happens(0.5) ? 1 : null },
      ]);
    case 'settings':
      return chance.one<object>([
        { admitByHand: chance.happens(0.3) },
        { reactions: true },
        { anonymousOnScreen: true },
      ]);
    case 'chat':
      return { open: chance.happens(0.8), ...(chance.happens(0.2) ? { slow: 3 } : {}) };
    case 'rename':
      return {
        name: chance.happens(0.5) ? mark : 'Ada',
        ...(chance.happens(0.3) ? { person: idIn(state.people, 'person-1') } : {}),
      };
    case 'lower-hand':
      return chance.happens(0.5) ? {} : { person: idIn(state.people, 'person-1') };
    case 'show-view':
      return { view: `plot=${mark}` };
    case 'sweep':
      return { field: 'seed', values: [3, 4, 5], to: chance.one(['each', 'teams', 'nobody']) };
    default:
      return named;
  }
}

/** Copies sample data, with the fields that name something of the room drawn anew. */
function withNames(sample: object, draw: Readonly<Record<string, () => string | number>>): object {
  return Object.fromEntries(
    Object.entries(sample).map(([key, value]: [string, unknown]) => [
      key,
      (typeof value === 'string' || typeof value === 'number') && Object.hasOwn(draw, key) ? draw[key]?.() : value,
    ]),
  );
}
