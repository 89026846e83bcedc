/**
 * A room in this page alone, with one person who leads it: the same queue, rules, training and measurements as on the server, over
 * a log and a store in memory. It is handed messages and posts them, and knows neither a worker nor a clock.
 */
import type { RatesOfEngines } from '../../shared/core/cost.ts';
import { engineFor, secondsBy } from '../../shared/core/kernels/choice.ts';
import { majorityOf } from '../../shared/core/majority.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { accepted, assertNever, type Result } from '../../shared/protocol/refusal.ts';
import { secretsFor } from '../../shared/protocol/secrets.ts';
import { lookUp, type PersonId } from '../../shared/protocol/state.ts';
import type { Welcome } from '../../shared/protocol/wire.ts';
import { createCurves, type Curves } from '../../shared/serving/curves.ts';
import { parseWish } from '../../shared/serving/first-event.ts';
import { findLook, writeFound } from '../../shared/serving/look-query.ts';
import { memoryLog } from '../../shared/serving/memory-log.ts';
import { type Asked, askedOf, readableOf } from '../../shared/serving/reading.ts';
import { reportsTo, type ServedRoom, serveRoom } from '../../shared/serving/served-room.ts';
import { curvesOfRun, curvesOfSeveral } from '../../shared/serving/several.ts';
import { TickStream } from '../../shared/serving/ticks.ts';
import { RunKeeper } from '../../shared/training/keeper.ts';
import { Looks } from '../../shared/training/looks.ts';
import { memoryStore } from '../../shared/training/memory-store.ts';
import type { TrainingStore } from '../../shared/training/store.ts';
import type { Time } from '../../shared/training/time.ts';
import type { BenchParts } from '../../shared/training/workbench.ts';
import type { ImageShelf } from './image-shelf.ts';
import { LocalPool } from './local-pool.ts';
import type { FromRoom, Order, Question, ToRoom } from './messages.ts';

/** Nobody else can come here, so what names the room and its person need not be secret. */
const id = 'solo';
const code = '';
const token = 'here';
const tickEveryMs = 100;
/** Looks that are kept: a phone has less memory than a server. */
const looksBytes = 24e6;

export type LocalParts = {
  readonly images: ImageShelf;
  readonly bench: Omit<BenchParts, 'post' | 'mnist'>;
  readonly time: Time;
  /** The time of day in ms. */
  readonly now: () => number;
  readonly post: (message: FromRoom) => void;
};

/** The room once it is open. */
type Inside = {
  readonly served: ServedRoom;
  readonly runs: TrainingStore;
  readonly looks: Looks;
  readonly curves: Curves;
  readonly you: PersonId;
};

export class LocalRoom {
  readonly #parts: LocalParts;
  readonly #ticks = new TickStream();
  #inside: Inside | null = null;
  #rates: RatesOfEngines = {};

  constructor(parts: LocalParts) {
    this.#parts = parts;
  }

  /** Takes a message of the page; what is asked in it is answered by a message. */
  hear(message: ToRoom): void {
    switch (message.type) {
      case 'open':
        this.#open(message.order).catch((error: unknown) => {
          this.#parts.post({ type: 'fault', message: messageOf(error) });
        });
        return;
      case 'images':
        return this.#parts.images.answer(message.agreed);
      case 'command':
        return this.#answer(message.n, ({ served, you }) => served.room.command(you, message.input));
      case 'resume':
        return this.#answer(message.n, (inside) => Promise.resolve(welcomeOf(inside)));
      case 'ask':
        return this.#answer(message.n, (inside) => this.#read(inside, message.question));
      default:
        assertNever(message);
    }
  }

  async #open({ wish, name, images: choice }: Order): Promise<void> {
    const { images, bench, time, now, post } = this.#parts;
    await images.bring(choice, true);
    const begin = parseWish(wish, defaultLimits);
    if (!begin.ok) throw new Error(begin.error.message);
    const runs = memoryStore();
    const stored = { id, code, log: id, hostKeyHash: '', seq: 1 };
    const served = await serveRoom(stored, {
      log: memoryLog(begin.value({ id, code, at: now() })),
      runs,
      limits: defaultLimits,
      engineFor,
      secondsOf: (configuration) => secondsBy(this.#rates, configuration),
      now,
      newCode: () => code,
      newSeed: () => Number((crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n) >> 12n),
      trainer: () => keeper,
    });
    const reports = reportsTo(() => Promise.resolve(served));
    const keeper: RunKeeper = new RunKeeper(
      runs,
      (events) => new LocalPool(images, bench, events),
      {
        ...reports,
        measured: (...report) => void reports.measured(...report),
        calibrated: (rates) => {
          this.#rates = rates;
        },
        halted: () => undefined,
        left: () => undefined,
      },
      silent,
      time,
    );
    const joined = await served.room.ask({ type: 'join', data: { name, role: 'host', device: [] } });
    if (!joined.ok) throw new Error(joined.error.message);
    const you = String(joined.result?.['person']);
    // Whoever is alone has nobody to be asked by: what is proposed is trained at once.
    const input = { id: 'at-once', type: 'set-board', data: { policy: { kind: 'everybody' } } };
    const free = await served.room.command(you, input);
    if (!free.ok) throw new Error(free.error.message);
    const looks = new Looks({ store: runs, keeper, log: silent, cacheBytes: looksBytes });
    const curves = createCurves(runs, () => new Promise<void>((next) => bench.soon(next)));
    this.#inside = { served, runs, looks, curves, you };
    post({ type: 'welcome', welcome: welcomeOf(this.#inside) });
    post({ type: 'presence', presence: { at: now(), connected: [this.#inside.you], away: [] } });
    served.room.subscribe((event) => post({ type: 'event', event }));
    this.#tick();
    keeper.calibrate();
    post({ type: 'ready' });
  }

  #tick(): void {
    const { time, now, post } = this.#parts;
    if (this.#inside === null) return;
    const { room, measured, secondsOf } = this.#inside.served;
    const tick = this.#ticks.next(room.state, now(), measured.series, secondsOf);
    if (tick !== null) post({ type: 'tick', tick });
    time.later(() => this.#tick(), tickEveryMs);
  }

  #answer(n: number, work: (inside: Inside) => Promise<unknown>): void {
    const { post } = this.#parts;
    const inside = this.#inside;
    if (inside === null) return post({ type: 'failed', n, message: 'the room is not open yet' });
    work(inside).then(
      (answer) => post({ type: 'answer', n, answer }),
      (error: unknown) => post({ type: 'failed', n, message: messageOf(error) }),
    );
  }

  async #read(inside: Inside, question: Question): Promise<unknown> {
    const { now, images } = this.#parts;
    const { served, runs, looks, curves, you } = inside;
    const asked = (run: string): Result<Asked> => askedOf({ open: served, who: you }, run, now());
    const its = (run: string): Asked => valueOf(asked(run));
    switch (question.kind) {
      case 'curves': {
        const { run, metrics, from, to, points } = question;
        return curvesOfRun(curves, readableOf(its(run)), metrics, [from, to], points);
      }
      case 'several': {
        const found = await curvesOfSeveral(curves, question.query, (run) => {
          const one = asked(run);
          return one.ok ? accepted(readableOf(one.value)) : one;
        });
        return valueOf(found).runs;
      }
      case 'lines': {
        const { run, from, to } = question;
        const { key, readable } = readableOf(its(run));
        const lines = await runs.lines(key, from, Math.min(to, readable));
        return lines.map(({ line }) => line);
      }
      case 'look': {
        const one = asked(question.run);
        if (!one.ok) return one;
        const query = { step: String(question.step), parts: question.parts.join() };
        const found = await findLook(looks, one.value, query);
        return found.ok ? accepted(JSON.parse(writeFound(one.value, found.value)) as unknown) : found;
      }
      case 'majorities': {
        const { train, test } = question;
        if (images.missing({ train, test }).length > 0) throw new Error('these images are not here');
        const { labels } = images.mnist;
        return { train: majorityOf(labels, 0, train), test: majorityOf(labels, labels.length - test, labels.length) };
      }
      case 'speed':
        return { threads: 1, rates: this.#rates };
      case 'time':
        return now();
      default:
        return question satisfies never;
    }
  }
}

/** Everything that there is to know: who leads may know it all. */
function welcomeOf({ served: { room }, you: person }: Inside): Welcome {
  const { state, seq, secrets } = room;
  const entry = lookUp(state.people, person);
  if (entry === undefined) throw new Error(`invariant violation: ${person} is not in the room`);
  const you = { id: person, name: entry.name, role: entry.role, token };
  return { you, log: room.stored.log, seq, state, secrets: secretsFor(secrets, entry) };
}

/** What the person at this page is told of faults is in the room; nobody reads a log here. */
const silent = { info: () => undefined, error: () => undefined };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
