/**
 * Pretend students for a room in which a lesson is rehearsed: they guess, answer polls, raise a hand, propose, vote, and one of them
 * drops out and comes back. They are people like others, marked as pretend, and do nothing that the protocol would not let them.
 */
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { type GuessChoice, guessChoices } from '../../shared/protocol/guesses.ts';
import { type Language, lookUp, type PersonId } from '../../shared/protocol/state.ts';
import type { Origin, Room } from '../../shared/serving/room.ts';

const names: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Ada',
    'Alan',
    'Blaise',
    'Carl',
    'Emmy',
    'Evariste',
    'Grace',
    'Karen',
    'Leonhard',
    'Maryam',
    'Sofia',
    'Srinivasa',
  ],
  'zh-CN': ['小明', '小红', '小刚', '小丽', '小华', '小芳', '小强', '小燕', '小军', '小梅', '小伟', '小玲'],
};
const reasons: Readonly<Record<Language, readonly string[]>> = {
  en: ['more layers, more factors', 'just a feeling', 'sigmoid is flat at its ends', 'it worked for two layers'],
  'zh-CN': ['层越多，因子越多', '凭感觉', 'sigmoid 两端很平', '两层时就是这样'],
};

/** What they tend to guess: most too little, as people do who have not seen it. */
const hunches: readonly GuessChoice[] = [
  'equal',
  '3',
  '3',
  '10',
  '10',
  '10',
  '30',
  '30',
  '100',
  '100',
  '1000',
  'faster',
];

/** After how long they do what they do, in ms. */
const thinking = { least: 1200, most: 7000 } as const;
/** How many of them vote for a proposal that somebody else has made, and take one curve for another. */
const share = { voting: 0.6, mistaken: 0.7 } as const;
/** What they try on a patient: what students think of first. */
const remedies = [
  { optimizer: { learningRate: 1 } },
  { activation: 'relu' },
  { activation: 'tanh' },
  { residual: true },
  { initialization: { gain: 4 } },
] as const;
const dropAfterMs = 25_000;
const backAfterMs = 20_000;

export type RehearsalParts = {
  /** A number from 0 to below 1. */
  readonly chance: () => number;
  /** Does something so many ms later; returns how to call it off. */
  readonly later: (work: () => void, ms: number) => () => void;
};

export class Rehearsal {
  readonly #room: Room;
  readonly #parts: RehearsalParts;
  readonly #due = new Set<() => void>();
  #release: () => void = () => undefined;
  #commands = 0;
  #hasProposed = false;

  constructor(room: Room, parts: RehearsalParts) {
    this.#room = room;
    this.#parts = parts;
  }

  /** Brings them in, those that were there before a restart as themselves, and lets them act until `close`. */
  async open(): Promise<void> {
    const { state } = this.#room;
    for (const name of names[state.language].slice(this.#people.length)) {
      // Where another server opens the room at the same moment, the name is taken, by who bears it.
      await this.#room.ask({ type: 'join', data: { name, role: 'student', pretend: true } });
    }
    this.#release = this.#room.subscribe((event, origin) => this.#hear(event, origin));
    const last = this.#people.at(-1);
    if (last !== undefined) this.#soon(() => this.#dropOut(last), dropAfterMs);
  }

  close(): void {
    this.#release();
    for (const callOff of this.#due) callOff();
    this.#due.clear();
  }

  get #people(): PersonId[] {
    const { people } = this.#room.state;
    return Object.values(people)
      .filter((person) => person.pretend === true)
      .map(({ id }) => id);
  }

  /** What follows from an event they do once, at the server whose commands it came from. */
  #hear(event: NumberedEvent, origin: Origin): void {
    if (event.type === 'room-ended') return this.close();
    if (origin === 'elsewhere') return;
    switch (event.type) {
      case 'guess-opened':
      case 'guess-reopened':
        return this.#everybody((person) => this.#guess(person, event.data.guess));
      case 'poll-opened':
      case 'poll-reopened':
        return this.#everybody((person) => this.#answer(person, event.data.poll));
      case 'guess-revealed': {
        const [first, second] = this.#people;
        if (first !== undefined) this.#soon(() => this.#do(first, 'raise-hand', {}));
        if (second !== undefined && !this.#hasProposed) this.#soon(() => this.#propose(second, event.data.guess));
        return;
      }
      case 'proposal-made':
        return this.#everybody((person) => this.#vote(person, event.data.proposal));
      case 'challenge-opened':
        return this.#everybody((person) => this.#challenge(person, event.data.challenge));
      case 'challenge-measured':
        if (event.data.done) this.#everybody((person) => this.#match(person, event.data.challenge));
        return;
      default:
    }
  }

  #everybody(act: (person: PersonId) => void): void {
    for (const person of this.#people) this.#soon(() => act(person));
  }

  #guess(person: PersonId, id: string): void {
    const guess = lookUp(this.#room.state.guesses, id);
    if (guess === undefined) return;
    const hidden = lookUp(this.#room.state.runs, guess.run)?.configuration.hidden.length ?? 1;
    // Talking moves people, mostly towards more.
    const drawn = this.#of(hunches);
    const moved = guess.round === 2 ? guessChoices[Math.min(6, guessChoices.indexOf(drawn) + 2)] : drawn;
    const slowest = guess.asks.slowest ? 1 + Math.floor(this.#parts.chance() ** 2 * hidden) : null;
    const line: [number, number][] = [
      [0, this.#parts.chance()],
      [1, 1 + this.#parts.chance()],
    ];
    const reason = this.#parts.chance() < 0.4 ? this.#of(reasons[this.#room.state.language]) : '';
    const data = { guess: id, choice: moved ?? drawn, slowest, line: guess.asks.line ? line : null, reason };
    this.#do(person, 'guess', data);
  }

  #answer(person: PersonId, id: string): void {
    const poll = lookUp(this.#room.state.polls, id);
    if (poll === undefined) return;
    const options = [Math.floor(this.#parts.chance() * poll.options.length)];
    const text = this.#of(reasons[this.#room.state.language]);
    const number = Math.round(this.#parts.chance() * 100);
    const answers = { choice: { options }, choices: { options }, number: { number }, text: { text } } as const;
    this.#do(person, 'answer-poll', { poll: id, answer: answers[poll.kind] });
  }

  #propose(person: PersonId, id: string): void {
    const guess = lookUp(this.#room.state.guesses, id);
    if (guess === undefined) return;
    this.#hasProposed = true;
    const reason = this.#of(reasons[this.#room.state.language]);
    this.#do(person, 'propose', { base: guess.run, change: { activation: 'tanh' }, reason });
  }

  /** Everybody has a cell of a map, and tries something on a patient. */
  #challenge(person: PersonId, id: string): void {
    const challenge = lookUp(this.#room.state.challenges ?? {}, id);
    if (challenge?.task.kind === 'map') this.#do(person, 'claim-cell', { challenge: id });
    if (challenge?.task.kind === 'rescue')
      this.#do(person, 'try-rescue', { challenge: id, change: this.#of(remedies) });
  }

  /** Once the curves of a match are there, everybody matches them, not all rightly. */
  #match(person: PersonId, id: string): void {
    const challenge = lookUp(this.#room.state.challenges ?? {}, id);
    const key = lookUp(this.#room.secrets.challenges ?? {}, id)?.key;
    if (challenge?.task.kind !== 'match' || challenge.revealed || key === undefined || key === null) return;
    const at = Math.floor(this.#parts.chance() * (key.order.length - 1));
    const answer = [...key.order];
    if (this.#parts.chance() < share.mistaken) answer.splice(at, 2, ...answer.slice(at, at + 2).toReversed());
    this.#do(person, 'match', { challenge: id, answer });
  }

  /** Most are for what is proposed, some do not care. */
  #vote(person: PersonId, id: string): void {
    const author = lookUp(this.#room.state.proposals, id)?.author;
    if (author !== person && this.#parts.chance() < share.voting) this.#do(person, 'vote', { proposal: id });
  }

  #dropOut(person: PersonId): void {
    this.#do(person, 'leave', {});
    this.#soon(() => {
      this.#room.ask({ type: 'return', data: { person } }).catch(() => undefined);
    }, backAfterMs);
  }

  /** What the room refuses, they leave at that. */
  #do(person: PersonId, type: string, data: object): void {
    this.#room.command(person, { id: `pretend-${++this.#commands}-${Date.now()}`, type, data }).catch(() => undefined);
  }

  #of<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.#parts.chance() * list.length)];
    if (found === undefined) throw new Error('invariant violation: nothing to choose from');
    return found;
  }

  #soon(act: () => void, ms = thinking.least + this.#parts.chance() * (thinking.most - thinking.least)): void {
    const callOff = this.#parts.later(() => {
      this.#due.delete(callOff);
      act();
    }, ms);
    this.#due.add(callOff);
  }
}
