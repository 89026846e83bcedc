/**
 * Data for one command of every type, in the room that tests/protocol/furnished.ts makes. A new command needs an entry
 * here; the table of rights is walked with it, without a server and over real sockets.
 */
import type { CommandType } from '../../shared/protocol/commands.ts';

/** A run that takes no time. */
const small = {
  dataset: { name: 'mnist', train: 20, test: 0 },
  hidden: [4, 3],
  batchSize: 10,
  epochs: 5,
  measureEvery: 1,
};

/** People of the furnished room: `person-1` is a host, `person-2` sends the command, these two are students beside. */
const [other, another] = ['person-3', 'person-4'];

export const commandSamples: Readonly<Record<CommandType, object>> = {
  leave: {},
  propose: { change: { seed: 2 } },
  withdraw: { proposal: 'proposal-1' },
  accept: { proposal: 'proposal-1' },
  reject: { proposal: 'proposal-1' },
  start: { configuration: { ...small, seed: 9 } },
  stop: { run: 'run-1' },
  fork: { run: 'run-1', step: 2 },
  pause: {},
  resume: {},
  step: {},
  speed: { showTime: 60 },
  seek: { step: 2 },
  pin: { run: 'run-1', step: 1, text: 'x' },
  unpin: { pin: 'pin-1' },
  guess: { guess: 'guess-1', choice: '10' },
  'count-hands': { guess: 'guess-1', choices: { equal: 3 } },
  discuss: { guess: 'guess-1' },
  'guess-again': { guess: 'guess-1' },
  'close-guess': { guess: 'guess-1' },
  reveal: { guess: 'guess-1' },

  rename: { name: 'Grace' },
  'raise-hand': {},
  'lower-hand': {},
  'lower-all-hands': {},
  grant: { person: other },
  revoke: { person: other },
  remove: { person: other },
  ban: { person: other },
  unban: { person: other },
  merge: { person: another, into: other },
  admit: { person: 'person-6' },
  'admit-all': {},
  lock: {},
  unlock: {},
  'rotate-code': {},
  settings: { anonymousOnScreen: true },
  end: {},

  'open-poll': { question: 'Why?', kind: 'text' },
  'answer-poll': { poll: 'poll-2', answer: { options: [1] } },
  'count-poll-hands': { poll: 'poll-2', hands: [3, 4] },
  'close-poll': { poll: 'poll-2' },
  'poll-again': { poll: 'poll-2' },
  'reveal-poll': { poll: 'poll-2' },
  'show-answer': { poll: 'poll-1', text: 'saturation', shown: true },
  ask: { text: 'Why?' },
  'want-answer': { question: 'question-1', wanted: true },
  'answer-question': { question: 'question-1' },
  'hide-question': { question: 'question-2', hidden: true },
  'take-questions': { slow: 30 },
  'show-view': { view: 'plot=heat' },
  'lock-view': { locked: true },
  'call-back': {},
  spotlight: { person: null },
  'ask-spotlight': {},
  'decline-spotlight': {},

  next: { expects: 'guess-1/close-1' },
  skip: { expects: 'guess-1/reveal' },
  back: { from: 1 },
  'share-record': { open: true },
  chat: { slow: 30 },
  say: { text: 'x' },
  'hide-message': { message: 'message-1' },
  vote: { proposal: 'proposal-1' },
  comment: { proposal: 'proposal-1', text: 'x' },
  'hide-comment': { proposal: 'proposal-1', comment: 'comment-1' },
  'start-batch': { proposals: ['proposal-1'] },
  'set-board': { frozen: true },
  sweep: { field: 'seed', values: [2, 3] },
  'hand-out': { sweep: 'sweep-1' },
  'end-sweep': { sweep: 'sweep-1' },
  'claim-cell': { challenge: 'challenge-1' },
  'fill-map': { challenge: 'challenge-1' },
  'try-rescue': { challenge: 'challenge-2', change: { activation: 'tanh' } },
  match: { challenge: 'challenge-3', answer: [1, 0] },
};

/** What a host has to do before that, so that it is accepted. */
export const commandsBefore: Readonly<Partial<Record<CommandType, readonly CommandType[]>>> = {
  'guess-again': ['close-guess'],
  revoke: ['grant'],
  unban: ['ban'],
  unlock: ['lock'],
  'open-poll': ['close-poll'],
  'poll-again': ['close-poll'],
  'hide-comment': ['comment'],
};
