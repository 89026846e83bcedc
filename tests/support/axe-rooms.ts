/**
 * The rooms that a walk with axe-core goes through, in a lab of their own: one with everything that happens in a class, one in
 * which nothing has, one that is full.
 */
import { startTestLab, type TestLab } from './lab.ts';
import { openRoom, Person, type RoomTicket } from './person.ts';

/** A full room has this many people; the others have fewer. */
const MOST_PEOPLE = 20;
const STEPS = 40;

const finite = {
  dataset: { name: 'mnist', train: 100, test: 100 },
  hidden: [10, 10, 10],
  batchSize: 'full',
  epochs: STEPS,
  measureEvery: 1,
};
const wild = {
  ...finite,
  activation: 'relu',
  output: 'linear',
  cost: 'quadratic',
  optimizer: { name: 'sgd', learningRate: 1e6 },
};
const long = { ...finite, dataset: { name: 'mnist', train: 10_000, test: 0 }, epochs: 10_000 };

type Rooms = { readonly busy: RoomTicket; readonly empty: RoomTicket; readonly full: RoomTicket };

export class AxeRooms {
  readonly lab: TestLab;
  readonly rooms: Rooms;
  readonly #lead: Person;
  readonly #others: readonly Person[];
  #joined = 0;

  private constructor(lab: TestLab, rooms: Rooms, lead: Person, others: readonly Person[]) {
    this.lab = lab;
    this.rooms = rooms;
    this.#lead = lead;
    this.#others = others;
  }

  static async open(): Promise<AxeRooms> {
    const lab = await startTestLab({ MAX_PEOPLE_PER_ROOM: String(MOST_PEOPLE) });
    const [busy, empty, full] = await Promise.all(
      ['Tuesday seminar', '', 'No seat left'].map((title) => openRoom(lab.url, { title })),
    );
    if (busy === undefined || empty === undefined || full === undefined) throw new Error('three rooms were opened');
    const crowd = Array.from({ length: MOST_PEOPLE }, (_, n) =>
      Person.join(lab.url, { code: full.code, name: `Person ${n}` }),
    );
    const lead = await Person.join(lab.url, { code: busy.code, hostKey: busy.hostKey });
    const student = await Person.join(lab.url, { code: busy.code, name: '小明' });
    const opened = new AxeRooms(lab, { busy, empty, full }, lead, [student, ...(await Promise.all(crowd))]);
    for (const [run, configuration] of Object.entries({ 'run-1': finite, 'run-2': wild })) {
      await lead.do('start', { configuration });
      await opened.#ended(run);
    }
    await lead.do('pin', { run: 'run-1', step: 10, layer: 1, text: 'Look here' });
    await opened.finished();
    await lead.do('pause', {});
    await lead.do('set-board', { openEach: 3 });
    const proposals = [{ activation: 'tanh' }, { hidden: [10, 10, 10, 10] }, { epochs: 50 }];
    for (const change of proposals) await student.do('propose', { base: 'run-1', change, reason: 'I wonder' });
    await lead.do('accept', { proposal: 'proposal-2' });
    await lead.do('reject', { proposal: 'proposal-3', reason: 'Not today' });
    return opened;
  }

  async close(): Promise<void> {
    for (const person of [this.#lead, ...this.#others]) person.disconnect();
    await this.lab.close();
  }

  /** A name that nobody in these rooms has. */
  newName(): string {
    return `Zoë ${++this.#joined}`;
  }

  /** The busy room looks at the end of a run that has finished. */
  async finished(): Promise<void> {
    await this.#lead.do('seek', { run: 'run-1', step: STEPS });
  }

  /** It looks at the end of one that has diverged. */
  async diverged(): Promise<void> {
    await this.#lead.do('seek', { run: 'run-2', step: STEPS });
  }

  /** It is shown a plot. */
  async show(plot: string): Promise<void> {
    await this.#lead.do('show-view', { view: `plot=${plot}` });
  }

  /** It looks at a run that trains; the returned function stops that. */
  async live(): Promise<() => Promise<void>> {
    const lead = this.#lead;
    await lead.do('start', { configuration: long });
    const run = Object.values(lead.state.runs).at(-1)?.id ?? '';
    await lead.do('seek', { run, step: 1 });
    await lead.do('speed', { showTime: 'live' });
    await lead.do('resume', {});
    return async () => {
      await lead.do('pause', {});
      await lead.do('stop', { run });
      await this.#ended(run);
    };
  }

  #ended(run: string): Promise<void> {
    return this.#lead.until(({ runs }) => !['live', 'stopping'].includes(runs[run]?.status.kind ?? 'live'));
  }
}
