/** A room without a server: commands are decided and folded here, and every state is frozen, so that nothing may change it. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { type Command, parseCommand, type ServerCommand } from '../../shared/protocol/commands.ts';
import type { ChallengeTask } from '../../shared/protocol/challenges.ts';
import { decide, decideServer } from '../../shared/protocol/decide.ts';
import { openChallenge } from '../../shared/protocol/decide-challenges.ts';
import type { Circumstances, Decision } from '../../shared/protocol/decision.ts';
import type { NumberedEvent, RoomEvent } from '../../shared/protocol/events.ts';
import { evolve } from '../../shared/protocol/evolve.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { isSealed } from '../../shared/protocol/guesses.ts';
import type { Lesson } from '../../shared/protocol/lessons.ts';
import { defaultLimits, type Limits } from '../../shared/protocol/limits.ts';
import type { Refusal } from '../../shared/protocol/refusal.ts';
import { evolveSecrets, noSecrets, type Secrets } from '../../shared/protocol/secrets.ts';
import type { Language, PersonId, Playhead, Role, RoomState, RunEnd } from '../../shared/protocol/state.ts';
import type { ValuePoint } from '../../shared/protocol/sweeps.ts';
import { configured } from '../core/networks.ts';

/** Ten steps, every one measured, unless a test says otherwise. */
export const small = {
  dataset: { name: 'mnist', train: 20, test: 0 },
  hidden: [4, 3],
  batchSize: 10,
  epochs: 5,
  measureEvery: 1,
} as const;

const said = (text: string) => ({ en: text, 'zh-CN': `${text}。` });

/** A text, a guess, a text. */
export const threeSteps: Lesson = {
  id: 'three',
  title: said('Three'),
  steps: [
    { kind: 'text', title: said('Before'), text: said('Look.') },
    {
      kind: 'guess',
      title: said('Two layers'),
      lead: said('Two.'),
      configuration: configured(small),
      step: null,
      asks: { slowest: false, line: false },
      text: said('So it is.'),
    },
    { kind: 'text', title: said('After'), text: said('Well.') },
  ],
};

/** Freezes a value through and through: a later write to any part of it throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

export class TestRoom {
  readonly log: NumberedEvent[] = [];
  /** The clock of the room, in ms; tests move it. */
  now = 1_000_000;
  limits: Limits = defaultLimits;
  /** How far runs are measured; what is not here has not been measured at all. */
  readonly fronts: Record<string, number> = {};
  /** Whether the engine of a run can train its forks. */
  forksTrainable = true;
  /** Speeds of layers at `run@step`, as if measured. */
  readonly speeds: Record<string, readonly number[]> = {};
  /** How training ended behind guesses. */
  readonly held: Record<string, RunEnd> = {};
  /** How long training takes, as estimated. */
  secondsOf: Circumstances['secondsOf'] = () => null;
  /** Those who have been cut off for long. */
  readonly gone = new Set<string>();
  secrets: Secrets = noSecrets;
  /** The code that the room gets when it changes. */
  newCode = 'NEWCDE';
  /** What is drawn in secret is drawn from it. */
  seed = 7;
  state: RoomState;

  constructor(language: Language = 'en', base: RunConfiguration = configured(small), lesson?: Lesson) {
    const taught = lesson === undefined ? {} : { lesson };
    const data = { id: 'room', code: 'ABCDEF', title: 'Nets', language, experiment: 'book-2', base, ...taught };
    this.state = this.#fold({ type: 'room-created', data }, 'server');
  }

  /** Brings somebody in and returns who it is. */
  join(role: Role, name?: string): PersonId {
    return String(this.#accepted(this.serve({ type: 'join', data: { name, role } })).person);
  }

  /** Does what must be accepted and returns the result that the ack would carry. */
  do(by: PersonId, type: string, data: object = {}): Record<string, string> {
    return this.#accepted(this.decide(by, type, data));
  }

  /** Does what must be refused; nothing has happened then. */
  refused(by: PersonId, type: string, data: object = {}): Refusal {
    const length = this.log.length;
    const decision = this.decide(by, type, data);
    if (decision.ok || this.log.length !== length) throw new Error(`${type} was accepted`);
    return decision.error;
  }

  /** Decides what a person sends and folds what follows. */
  decide(by: PersonId, type: string, data: object = {}): Decision {
    const parsed = parseCommand({ id: 'c', type, data });
    if (!parsed.ok) return parsed;
    const command: Command = frozen(parsed.value.command);
    return this.#take(decide(this.state, by, command, this.#given()), by);
  }

  /** Decides what the server asks and folds what follows. */
  serve(command: ServerCommand): Decision {
    return this.#take(decideServer(this.state, frozen(command), this.#given()), 'server');
  }

  /** Ends a run's training, `step` steps in; behind a guess that is kept until the reveal, as the server does. */
  end(run: string, end: RunEnd = { kind: 'finished', step: 10, digest: 'f00d' }): void {
    const decision = this.serve({ type: 'end-run', data: { run, end } });
    if (isSealed(this.state, run)) this.held[run] = end;
    else this.#accepted(decision);
  }

  /** Opens a challenge as a step of the lesson does, and returns which it is. */
  challenge(by: PersonId, task: ChallengeTask): string {
    return String(this.#accepted(this.#take(openChallenge(this.state, task, this.#given()), by))['challenge']);
  }

  /** Takes what was measured of a challenge. */
  measure(challenge: string, ...values: readonly ValuePoint[]): void {
    this.#accepted(this.serve({ type: 'take-values', data: { challenge, values } }));
  }

  /** Starts a run and has it measured up to `front`. */
  start(by: PersonId, front = 10, configuration: object = small): string {
    const run = String(this.do(by, 'start', { configuration })['run']);
    this.fronts[run] = front;
    return run;
  }

  get playhead(): Playhead {
    if (this.state.playhead === null) throw new Error('there is no playhead');
    return this.state.playhead;
  }

  /** The types of the events so far. */
  get types(): string[] {
    return this.log.map((event) => event.type);
  }

  #given(): Circumstances {
    const { now, limits, fronts } = this;
    const engineFor: Circumstances['engineFor'] = (_configuration, parent) =>
      parent === null || this.forksTrainable ? referenceKernels.engine : null;
    const speedsAt: Circumstances['speedsAt'] = (run, step) => this.speeds[`${run}@${step}`] ?? null;
    const heldEnd: Circumstances['heldEnd'] = (run) => this.held[run] ?? null;
    const { secondsOf, secrets, newCode, seed } = this;
    const holdsSeat = (person: string): boolean => !this.gone.has(person);
    return {
      now,
      limits,
      engineFor,
      front: (run) => fronts[run] ?? -1,
      speedsAt,
      heldEnd,
      secondsOf,
      newCode,
      seed,
      secrets,
      holdsSeat,
    };
  }

  #accepted(decision: Decision): Record<string, string> {
    if (!decision.ok) throw new Error(`refused: ${decision.error.code}, ${decision.error.message}`);
    return { ...decision.result } as Record<string, string>;
  }

  #take(decision: Decision, by: PersonId | 'server'): Decision {
    frozen(decision);
    if (decision.ok) for (const event of decision.events) this.state = this.#fold(event, by);
    return decision;
  }

  #fold(event: RoomEvent, by: PersonId | 'server'): RoomState {
    const numbered: NumberedEvent = frozen({ seq: this.log.length + 1, at: this.now, by, ...event });
    this.log.push(numbered);
    this.secrets = frozen(evolveSecrets(this.secrets, numbered));
    return frozen(evolve(this.log.length === 1 ? null : this.state, numbered));
  }
}
