/** Who follows whom: pages with a view each, and a room between them that keeps what it is shown. */
import { describe, expect, test } from 'vitest';
import { createFollower, type Follower } from '../../client/follow/follower.ts';
import type { Look } from '../../client/room/stage.ts';
import { readView, type View } from '../../client/view/view.ts';
import { createViewStore, type ViewStore } from '../../client/view/view-store.ts';
import type { You } from '../../shared/protocol/wire.ts';
import { small, TestRoom } from '../protocol/room.ts';

/** A room and pages in it; time stands still unless a test moves it. */
class Classroom {
  readonly room = new TestRoom();
  readonly host = this.room.join('host');
  readonly pages: Page[] = [];
  now = 0;
  timers: { at: number; act: () => void }[] = [];

  page(person: string, search = ''): Page {
    const page = new Page(this, person, search);
    this.pages.push(page);
    return page;
  }

  /** Does a command and lets every page hear of it. */
  do(person: string, type: string, data: object = {}): void {
    this.room.do(person, type, data);
    for (const page of this.pages) page.hear();
  }

  /** Moves the clock and lets promises settle. */
  async pass(ms: number): Promise<void> {
    this.now += ms;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    for (const { act } of due) act();
    await Promise.resolve();
    await Promise.resolve();
  }
}

class Page {
  readonly view: ViewStore;
  readonly follower: Follower;
  readonly close: () => void;
  readonly hear: () => void;
  look: Look = { kind: 'class' };
  refuses = false;

  constructor(school: Classroom, person: string, search: string) {
    const listeners = new Set<() => void>();
    this.hear = () => {
      for (const listener of listeners) listener();
    };
    this.view = createViewStore({ search: () => search, replace: () => undefined });
    const { name, role } = school.room.state.people[person] ?? { name: '', role: 'student' };
    const you: You = { id: person, name, role, token: '' };
    this.follower = createFollower({
      view: {
        now: this.view.state.getState,
        change: this.view.change,
        subscribe: this.view.state.subscribe,
      },
      room: {
        now: () => ({ state: school.room.state, you, look: this.look }),
        subscribe(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        look: (look) => this.lookAt(look),
        limit: (run) => (school.room.state.runs[run] === undefined ? 0 : (school.room.fronts[run] ?? 0)),
        show: (text) => {
          if (this.refuses) return Promise.resolve(false);
          school.do(person, 'show-view', { view: text });
          return Promise.resolve(true);
        },
      },
      clock: {
        now: () => school.now,
        after(ms, act) {
          const timer = { at: school.now + ms, act };
          school.timers.push(timer);
          return () => {
            school.timers = school.timers.filter((one) => one !== timer);
          };
        },
      },
    });
    this.close = this.follower.open();
  }

  get seen(): View {
    return this.view.state.getState();
  }

  lookAt(look: Look): void {
    this.look = look;
    this.hear();
  }
}

/** A host's page and a student's. */
function lesson(search = '') {
  const school = new Classroom();
  const ada = school.room.join('student', 'Ada');
  const teacher = school.page(school.host);
  const student = school.page(ada, search);
  return { school, ada, teacher, student };
}

describe('A page', () => {
  test('[V3] follows what whoever leads looks at', async () => {
    const { school, teacher, student } = lesson();
    teacher.view.change({ plot: 'heat', zoom: [10, 20] });
    await school.pass(0);
    expect(student.seen).toMatchObject({ plot: 'heat', zoom: [10, 20], free: false });
    expect(school.room.state.lead.view).toEqual({ text: 'plot=heat&zoom=10_20', by: school.host });
  });

  test('[V3] that comes late sees what the others see, whatever its address says', async () => {
    const { school, teacher } = lesson();
    teacher.view.change({ plot: 'heat' });
    await school.pass(0);
    const late = school.page(school.room.join('student', 'Late'), '?plot=outcome');
    expect(late.seen).toMatchObject({ plot: 'heat', free: false });
  });

  test('[V1] that leads shows its view at most twice a second, and the last one', async () => {
    const { school, teacher, student } = lesson();
    for (const smoothing of [0.1, 0.2, 0.3]) {
      teacher.view.change({ smoothing });
      await school.pass(100);
    }
    expect(school.room.types.filter((type) => type === 'view-shown')).toHaveLength(1);
    expect(teacher.seen.smoothing).toBe(0.3);
    await school.pass(400);
    expect(student.seen.smoothing).toBe(0.3);
    expect(school.room.types.filter((type) => type === 'view-shown')).toHaveLength(2);
  });

  test('[V3] that has gone elsewhere stays there until it returns', async () => {
    const { school, teacher, student } = lesson();
    teacher.view.change({ plot: 'heat' });
    await school.pass(0);
    student.view.change({ plot: 'why' });
    expect(student.seen.free).toBe(true);
    teacher.view.change({ plot: 'outcome' });
    await school.pass(500);
    expect(student.seen.plot).toBe('why');
    student.follower.back();
    expect(student.seen).toMatchObject({ plot: 'outcome', free: false });
  });

  test('[V3] that looks at another step is elsewhere too', async () => {
    const { school, teacher, student } = lesson();
    student.lookAt({ kind: 'alone', run: 'run-1', step: 3 });
    teacher.view.change({ plot: 'heat' });
    await school.pass(0);
    expect(student.seen.plot).toBe('layers');
    student.follower.back();
    expect(student.look).toEqual({ kind: 'class' });
    expect(student.seen.plot).toBe('heat');
  });

  test('[V3] that had chosen something before anything was shown keeps it, and is told', async () => {
    const { school, teacher, student } = lesson('?plot=outcome');
    expect(student.seen.free).toBe(false);
    teacher.view.change({ plot: 'heat' });
    await school.pass(0);
    expect(student.seen).toMatchObject({ plot: 'outcome', free: true });
  });

  test('[V3] opened by a link to a view of one’s own stays with it', async () => {
    const { school, teacher } = lesson();
    teacher.view.change({ plot: 'heat' });
    await school.pass(0);
    const own = school.page(school.room.join('student', 'Own'), '?plot=outcome&free=1');
    expect(own.seen).toMatchObject({ plot: 'outcome', free: true });
  });

  test('[V3] is called back, and bound while the view is locked', async () => {
    const { school, teacher, student } = lesson();
    teacher.view.change({ plot: 'heat' });
    await school.pass(0);
    student.view.change({ plot: 'why' });
    school.do(school.host, 'call-back');
    expect(student.seen).toMatchObject({ plot: 'heat', free: false });
    student.view.change({ plot: 'why' });
    student.lookAt({ kind: 'alone', run: 'run-1', step: 3 });
    school.do(school.host, 'lock-view', { locked: true });
    expect(student.seen).toMatchObject({ plot: 'heat', free: false });
    expect(student.look).toEqual({ kind: 'class' });
    student.view.change({ plot: 'why' });
    expect(student.seen).toMatchObject({ plot: 'heat', free: false });
    // What is nobody else's business stays one's own.
    student.view.change({ table: true, sheet: 'board' });
    expect(student.seen).toMatchObject({ table: true, sheet: 'board' });
    teacher.view.change({ plot: 'outcome' });
    await school.pass(500);
    expect([teacher.seen.plot, student.seen.plot]).toEqual(['outcome', 'outcome']);
  });

  test('[V3] is bound to what pages show by default where nothing was shown', () => {
    const { school, student } = lesson();
    school.do(school.host, 'lock-view', { locked: true });
    student.view.change({ plot: 'why' });
    expect(student.seen.plot).toBe('layers');
  });

  test('[V3] keeps a plot in full screen until it is left', async () => {
    const { school, teacher, student } = lesson();
    student.view.change({ full: 'layers' });
    teacher.view.change({ plot: 'heat' });
    await school.pass(0);
    expect(student.seen.plot).toBe('layers');
    student.view.change({ full: null });
    expect(student.seen.plot).toBe('heat');
  });

  test('[V2] of a host who looks around alone takes nobody along', async () => {
    const { school, teacher, student } = lesson();
    teacher.follower.leave();
    teacher.view.change({ plot: 'why' });
    await school.pass(500);
    expect(school.room.state.lead.view).toBeNull();
    teacher.follower.lead();
    await school.pass(500);
    expect(student.seen.plot).toBe('why');
  });

  test('[V2] of a second host follows the first one, and leads when it is used', async () => {
    const { school, teacher, student } = lesson();
    const remote = school.page(school.room.join('host'));
    teacher.view.change({ plot: 'heat' });
    await school.pass(0);
    expect(remote.seen.plot).toBe('heat');
    remote.view.change({ measure: 'speedRms' });
    await school.pass(500);
    for (const page of [teacher, student]) expect(page.seen).toMatchObject({ plot: 'heat', measure: 'speedRms' });
    expect(school.room.types.filter((type) => type === 'view-shown')).toHaveLength(2);
  });

  test('[V2] under the spotlight leads, and no longer than that', async () => {
    const { school, ada, teacher, student } = lesson();
    const other = school.page(school.room.join('student', 'Bob'));
    teacher.view.change({ plot: 'heat' });
    await school.pass(0);
    student.view.change({ plot: 'why', why: 'slope' });
    school.do(school.host, 'spotlight', { person: ada });
    await school.pass(500);
    for (const page of [teacher, other]) expect(page.seen).toMatchObject({ plot: 'why', why: 'slope', free: false });
    school.do(ada, 'spotlight', { person: null });
    student.view.change({ plot: 'outcome' });
    await school.pass(500);
    expect([student.seen.free, other.seen.plot]).toEqual([true, 'why']);
  });

  test('[V5] under the spotlight leads to its own step, no further than may be seen, and back', async () => {
    const { school, ada, teacher, student } = lesson();
    const other = school.page(school.room.join('student', 'Bob'));
    const run = school.room.start(school.host, 7);
    const looks = () => [teacher, other, student].map(({ look }) => look);
    /** As a page does whose address says where its person looks. */
    const goTo = (step: number) => {
      student.look = { kind: 'alone', run, step };
      student.view.change({ at: { run, step } });
    };
    school.do(school.host, 'spotlight', { person: ada });
    await school.pass(500);
    goTo(4);
    await school.pass(500);
    expect(looks()).toEqual([
      { kind: 'led', run, step: 4 },
      { kind: 'led', run, step: 4 },
      { kind: 'alone', run, step: 4 },
    ]);
    goTo(9);
    await school.pass(500);
    expect(other.look).toEqual({ kind: 'led', run, step: 7 });
    // Whoever looks elsewhere is left alone, and led again when they come back.
    other.lookAt({ kind: 'alone', run, step: 1 });
    goTo(5);
    await school.pass(500);
    expect(other.look).toEqual({ kind: 'alone', run, step: 1 });
    other.follower.back();
    expect(other.look).toEqual({ kind: 'led', run, step: 5 });
    teacher.view.change({ plot: 'heat' });
    await school.pass(500);
    expect([teacher.look, other.look]).toEqual([{ kind: 'class' }, { kind: 'class' }]);
    goTo(6);
    await school.pass(500);
    expect(other.look).toEqual({ kind: 'led', run, step: 6 });
    school.do(ada, 'spotlight', { person: null });
    expect(other.look).toEqual({ kind: 'class' });
  });

  test('[V5] is not led to a run that is not there or waits behind a guess', () => {
    const { school, ada, student } = lesson();
    const other = school.page(school.room.join('student', 'Bob'));
    school.room.do(school.host, 'start', { configuration: small, guess: {} });
    school.do(school.host, 'spotlight', { person: ada });
    student.close();
    for (const at of ['run-1.3', 'run-9.3', 'run-1', 'constructor.2']) {
      school.do(ada, 'show-view', { view: `at=${at}` });
      expect(other.look).toEqual({ kind: 'class' });
    }
  });

  test('[V4] under the spotlight follows like all others while the view is locked', async () => {
    const { school, ada, teacher, student } = lesson();
    school.do(school.host, 'spotlight', { person: ada });
    school.do(school.host, 'lock-view', { locked: true });
    teacher.view.change({ plot: 'heat' });
    await school.pass(500);
    student.view.change({ plot: 'why' });
    await school.pass(500);
    expect([student.seen.plot, teacher.seen.plot]).toEqual(['heat', 'heat']);
    school.do(school.host, 'lock-view', { locked: false });
    student.view.change({ plot: 'why' });
    await school.pass(500);
    expect(teacher.seen.plot).toBe('why');
  });

  test('[V2] that may not show its view is on its own', async () => {
    const { school, teacher } = lesson();
    teacher.refuses = true;
    teacher.view.change({ plot: 'heat' });
    await school.pass(0);
    expect(teacher.seen).toMatchObject({ plot: 'heat', free: true });
  });

  test('passes over what it does not know in a view, and does not take it for its own doing', async () => {
    const { school, student } = lesson();
    school.do(school.host, 'show-view', { view: 'x=log&plot=hologram&new=1' });
    expect(student.seen).toMatchObject({ ...readView('?x=log'), free: false });
    await school.pass(500);
    expect(school.room.types.filter((type) => type === 'view-shown')).toHaveLength(1);
  });

  test('that is closed neither follows nor leads', async () => {
    const { school, teacher, student } = lesson();
    student.close();
    teacher.view.change({ plot: 'heat' });
    teacher.close();
    await school.pass(500);
    expect(student.seen.plot).toBe('layers');
    expect(school.room.state.lead.view).toBeNull();
  });
});
