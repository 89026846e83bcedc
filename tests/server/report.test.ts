/** The report: what it says of a lesson, in both languages, and that nothing that people typed can do anything in it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createCurves } from '../../shared/serving/curves.ts';
import { escaped, markup, typed } from '../../server/report/html.ts';
import type { Lesson } from '../../server/report/lesson.ts';
import { writeReport } from '../../server/report/report.ts';
import { reportWords, reportWordsIn } from '../../server/report/words.ts';
import type { RunStore } from '../../server/store/runs.ts';
import type { RoomEvent } from '../../shared/protocol/events.ts';
import { evolve } from '../../shared/protocol/evolve.ts';
import { secretsFor } from '../../shared/protocol/secrets.ts';
import type { Reader } from '../../shared/protocol/session-file.ts';
import type { LessonStep } from '../../shared/protocol/lessons.ts';
import { nextMove } from '../../shared/protocol/next-move.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom } from '../protocol/room.ts';

const hostReader: Reader = { id: 'host-key', role: 'host' };

/** Measurements of a run with two hidden layers: layer 1 is slower by `ratio`, at each of ten steps. */
const lineAt = (step: number, ratio: number): string => {
  const layer = (n: number, speed: number | string) => ({ layer: n, units: 4, speed });
  const layers = [layer(1, 0.1 / ratio), layer(2, step === 7 ? 'NaN' : 0.1), layer(3, 0.5)];
  return JSON.stringify({
    step,
    epoch: 0,
    cost: 2.5,
    trainAccuracy: 0.25,
    testAccuracy: null,
    digest: 'd16e57',
    layers,
  });
};

/** A store in which run number n has layer 1 slower by its ratio. */
function storeOf(ratios: Readonly<Record<string, number>>) {
  const front = ({ run }: { run: string }, to = Infinity) =>
    Promise.resolve(ratios[run] === undefined ? -1 : Math.min(10, to));
  const lines = ({ run }: { run: string }, from: number, to: number, most = Infinity) =>
    Promise.resolve(
      Array.from({ length: 11 }, (_, step) => step)
        .filter((step) => step >= from && step <= to)
        .slice(0, most)
        .map((step) => ({ line: lineAt(step, ratios[run] ?? 1), seconds: 0 })),
    );
  return { front, lines } as unknown as RunStore;
}

type Wishes = { language?: 'en' | 'zh-CN'; names?: boolean; reader?: Reader };

async function reportOf(
  room: TestRoom,
  ratios: Readonly<Record<string, number>>,
  wishes: Wishes = {},
): Promise<string> {
  const { language = 'en', names = false, reader = hostReader } = wishes;
  const runs = storeOf(ratios);
  const lesson: Lesson = {
    state: room.state,
    secrets: secretsFor(room.secrets, reader),
    reader,
    at: room.now,
    names,
    timeZone: 'UTC',
    words: reportWordsIn(language),
    runs,
    curves: createCurves(runs, nextTurn),
  };
  let text = '';
  for await (const piece of writeReport(lesson)) text += piece;
  return text;
}

/** What a reader sees of it: no tags, single spaces. */
const seen = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

/** A guess of three people that changed in a second round, a run from a proposal with a note, and a run nobody looked at. */
function lesson() {
  const room = new TestRoom();
  const host = room.join('host');
  const [ada, bob, ilse] = ['Ada', 'Bob', 'Ilse'].map((name) => room.join('student', name)) as [string, string, string];
  room.do(host, 'start', { configuration: { ...small, hidden: [4, 4] }, guess: { slowest: true } });
  room.fronts['run-1'] = 10;
  room.speeds['run-1@0'] = [0.001, 0.118, 0.5];
  const guess = { guess: 'guess-1' };
  room.do(ada, 'guess', { ...guess, choice: '10', slowest: 2, reason: 'it feels like ten' });
  room.do(bob, 'guess', { ...guess, choice: '10', slowest: 1 });
  room.do(ilse, 'guess', { ...guess, choice: '100', slowest: 1 });
  const reveal = () => {
    room.do(host, 'guess-again', (room.do(host, 'discuss', guess), guess));
    for (const who of [ada, bob, ilse]) room.do(who, 'guess', { ...guess, choice: '100', slowest: 1 });
    room.do(host, 'reveal', guess);
    room.end('run-1');
  };
  return { room, host, ada, bob, ilse, reveal };
}

describe('The report', () => {
  test('sets the class’s guesses beside what came out', async () => {
    const { room, reveal } = lesson();
    reveal();
    const text = seen(await reportOf(room, { 'run-1': 118 }));
    expect(text).toContain('3 participants · 1 run · 0 proposals');
    expect(text).toContain('How many times slower does layer 1 learn than layer 2, at step 0?');
    expect(text).toContain(
      'It was 118 times. 1 of 3 had chosen the nearest answer. Most often expected: 10 times (67%).',
    );
    expect(text).toContain('After talking it over, 3 instead of 1 chose the nearest answer.');
    expect(text).toContain('Slowest was layer 1; 3 of 3 had named it.');
    expect(text).toMatch(/100 times ◂ what came out\s+1\s+3/);
    expect(text).toContain('it feels like ten');
    expect(text).toContain('At step 0, layer 1 learns 118 times slower than layer 2.');
    expect(text).toContain('d16e57');
  });

  test('says the same in Chinese', async () => {
    const { room, reveal } = lesson();
    reveal();
    const html = await reportOf(room, { 'run-1': 118 }, { language: 'zh-CN' });
    expect(html).toContain('<html lang="zh-CN">');
    expect(seen(html)).toContain('实际是 118 倍。3 个回答中有 1 个选了最接近的答案。选得最多的是“10 倍”（67%）。');
    expect(seen(html)).toContain('第 0 步时，第 1 层的学习速度只有第 2 层的 1/118。');
  });

  test('sets a question that was asked before and after beside itself, in the reader’s language', async () => {
    const words = (text: string) => ({ en: text, 'zh-CN': `${text}？` });
    const asked: LessonStep = {
      kind: 'question',
      title: words('Clipping'),
      question: words('What happens to the ratio'),
      item: 'clip',
      options: [true, false].map((right) => ({
        text: words(right ? 'It stays' : 'It grows'),
        right,
        why: words('So'),
      })),
      text: words('It stays'),
    };
    const plan = { id: 'twice', title: words('Twice'), steps: [asked, asked] };
    const room = new TestRoom('en', configured(small), plan);
    const host = room.join('host');
    const people = ['Ada', 'Bob', 'Ilse'].map((name) => room.join('student', name));
    const press = () => room.do(host, 'next', { expects: String(nextMove(room.state, room.secrets)?.id) });
    for (const [n, wrong] of [2, 0].entries()) {
      press();
      for (const [index, person] of people.entries()) {
        room.do(person, 'answer-poll', { poll: `poll-${n + 1}`, answer: { options: [index < wrong ? 1 : 0] } });
      }
      press();
      // One of three is right: they talk, and answer again.
      if (nextMove(room.state, room.secrets)?.kind === 'talk') {
        press();
        press();
      }
      press();
      press();
    }
    const html = seen(await reportOf(room, {}, { language: 'zh-CN' }));
    expect(html).toContain('What happens to the ratio？ 之前也问过这道题：那时答对 1/3，现在答对 3/3。');
    expect(html).toContain('It stays？ ◂ 正确');
  });

  test('tells nothing of a run behind a guess, to hosts neither', async () => {
    const { room } = lesson();
    room.end('run-1');
    const html = await reportOf(room, { 'run-1': 118 });
    expect(seen(html)).toContain('A guess stands before this run');
    expect(html).not.toMatch(/118|<svg|d16e57|it feels like ten|learns/);
  });

  test('calls people by name only where that is wanted', async () => {
    const { room, host, bob, reveal } = lesson();
    reveal();
    room.do(bob, 'propose', { base: 'run-1', change: { activation: 'tanh' }, reason: 'steeper' });
    room.do(host, 'accept', { proposal: 'proposal-1' });
    room.do(host, 'start', { proposal: 'proposal-1' });
    room.do(bob, 'pin', { run: 'run-2', step: 4, layer: 1, text: 'look here' });
    room.do(host, 'start', { configuration: { ...small, seed: 9 } });
    const anonymous = await reportOf(room, { 'run-1': 118, 'run-2': 2, 'run-3': 40 });
    expect(anonymous).not.toMatch(/Ada|Bob|Ilse/);
    expect(seen(anonymous)).toContain('From run A: activation sigmoid → tanh');
    expect(seen(anonymous)).toMatch(/Proposed by participant 2, because “? ?steeper/);
    expect(seen(anonymous)).toContain('Step 4, layer 1 look here (participant 2)');
    expect(seen(anonymous)).toContain('accepted, run B');
    const named = seen(await reportOf(room, { 'run-1': 118, 'run-2': 2, 'run-3': 40 }, { names: true }));
    expect(named).toMatch(/Proposed by Bob ?, because/);
    expect(named).toMatch(/Ada ?, Bob ?, Ilse/);
  });

  test('has votes, comments, polls that were revealed, and class sweeps', async () => {
    const { room, host, ada, bob, reveal } = lesson();
    reveal();
    room.do(bob, 'propose', { base: 'run-1', change: { activation: 'tanh' }, reason: 'steeper' });
    room.do(ada, 'vote', { proposal: 'proposal-1' });
    room.do(ada, 'comment', { proposal: 'proposal-1', text: 'twice as steep at 0' });
    room.do(host, 'comment', { proposal: 'proposal-1', text: 'out of place' });
    room.do(host, 'hide-comment', { proposal: 'proposal-1', comment: 'comment-2' });
    for (const [index, question] of ['Which is steepest?', 'Never revealed?'].entries()) {
      const poll = { poll: `poll-${index + 1}` };
      room.do(host, 'open-poll', { question, kind: 'choice', options: ['tanh', 'sigmoid'] });
      room.do(ada, 'answer-poll', { ...poll, answer: { options: [0] } });
      room.do(host, 'close-poll', poll);
    }
    room.do(host, 'reveal-poll', { poll: 'poll-1', right: [0] });
    room.do(host, 'sweep', { field: 'seed', values: [1, 2, 3] });
    const points = [
      [0, 90, 0.1],
      [1, 118, 0.1],
      [2, 140, 0.1],
    ];
    room.serve({ type: 'take-points', data: { sweep: 'sweep-1', points: points as [number, number, number][] } });
    const text = seen(await reportOf(room, { 'run-1': 118 }));
    expect(text).toMatch(/steeper\s+twice as steep at 0 \(participant 1\)\s+2 open/);
    expect(text).not.toContain('out of place');
    expect(text).toMatch(/Which is steepest\? .* tanh ◂ right\s+1/);
    expect(text).not.toContain('Never revealed?');
    expect(text).toContain(
      'seed from 1 to 3 (3 networks, before training): layer 1 slower by 90 to 140 times, in the middle 118.',
    );
  });

  test('has the map of the class, its rescues by rank, and a match once it is revealed', async () => {
    const { room, host, ada, reveal } = lesson();
    reveal();
    const configuration = configured({ ...small, dataset: { name: 'mnist', train: 20, test: 10 } });
    const map = room.challenge(host, { kind: 'map', configuration, depths: [2, 3], variances: [0.5, 2] });
    room.do(host, 'fill-map', { challenge: map });
    room.measure(map, [1, 2, 0.75, 'NaN', 1, 2]);
    const rescue = room.challenge(host, { kind: 'rescue', configuration, seeds: [1, 2], budget: 3 });
    for (const change of [{ activation: 'tanh' }, { residual: true }]) {
      room.do(ada, 'try-rescue', { challenge: rescue, change });
    }
    room.measure(rescue, [0, 1, 1, 0.6, 1, 1], [1, 1, 1, 0.8, 1, 1], [2, 1, 1, 0.7, 1, 1], [3, 1, 1, 0.9, 1, 1]);
    const named = (name: string) => ({ name: { en: name, 'zh-CN': name }, configuration });
    const match = room.challenge(host, { kind: 'match', configurations: [named('wide'), named('narrow')] });
    room.measure(match, [0, 1, 1, 'NaN', 1, 2], [1, 1, 1, 'NaN', 2, 2]);
    const text = seen(await reportOf(room, { 'run-1': 118 }));
    expect(text).toMatch(/The map of the class, 1 cells.*3\s+2\s+75%\s+σw²\s+0\.5\s+2/);
    expect(text).toMatch(
      /No clear winner.*skip connections off → on: 80\.0% on average, from 70\.0% to 90\.0%.*tanh: 70\.0%/,
    );
    expect(text).not.toContain('wide');
  });

  test('counts students whom the server played in a rehearsal among the tallies, and says so, but quotes and lists none', async () => {
    const { room, bob, reveal } = lesson();
    const played = room.state.people[bob];
    if (played === undefined) throw new Error('Bob is not there');
    room.do(bob, 'guess', { guess: 'guess-1', choice: '30', reason: 'made up' });
    room.state = { ...room.state, people: { ...room.state.people, [bob]: { ...played, pretend: true } } };
    reveal();
    const html = await reportOf(room, { 'run-1': 118 }, { names: true });
    expect(seen(html)).toContain('A rehearsal: students whom the server played');
    expect(seen(html)).toContain('2 participants');
    expect(html).not.toMatch(/made up|Bob/);
  });

  test('has configurations that can be run as they are', async () => {
    const { room, reveal } = lesson();
    reveal();
    const html = await reportOf(room, { 'run-1': 118 });
    const code = /<pre><code>(?<json>.*?)<\/code><\/pre>/s.exec(html)?.groups?.['json'] ?? '';
    const json = code.replaceAll('&quot;', '"');
    expect(JSON.parse(json)).toEqual(room.state.runs['run-1']?.configuration);
  });

  test('needs nothing but itself: no script, no request, no address', async () => {
    const { room, reveal } = lesson();
    reveal();
    const html = await reportOf(room, { 'run-1': 118 });
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|url\(|@import|https?:|\bon\w+=/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toEqual(['#run-1']);
  });

  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</title></style><svg onload=alert(1)>',
    '&lt;b&gt;&#x3c;b',
    '\u202Eevil\u202C \u2066right\u2069 \u200F',
    '`${alert(1)}`',
    ']]><!--',
    '\u0000\u001b[31m',
  ];
  test.each(hostile)('shows %j and does not obey it', async (text) => {
    const { room, host, ada, reveal } = lesson();
    reveal();
    room.do(host, 'start', { configuration: small });
    // Past the cleaning of what comes in, as an event that another version has written.
    const raw: RoomEvent[] = [
      { type: 'person-joined', data: { person: 'person-9', name: text, role: 'student', count: 1 } },
      { type: 'pin-set', data: { pin: 'pin-9', author: ada, run: 'run-1', layer: null, step: 1, text } },
      {
        type: 'proposal-made',
        data: { proposal: 'p', author: 'person-9', base: null, configuration: room.state.base, reason: text },
      },
      { type: 'proposal-rejected', data: { proposal: 'p', person: host, reason: text } },
      { type: 'run-ended', data: { run: 'run-2', end: { kind: 'failed', step: 0, reason: text } } },
    ];
    const titled = { ...room.state, title: text };
    room.state = raw.reduce((state, event) => evolve(state, { seq: 99, at: room.now, by: 'server', ...event }), titled);
    const html = await reportOf(room, { 'run-1': 118, 'run-2': 2 }, { names: true });
    const harmless = escaped(text);
    expect(html.split(harmless).length - 1).toBeGreaterThanOrEqual(6);
    expect(html).not.toMatch(/<script|<img|<svg onload|\p{Bidi_Control}|[\p{Cc}--[\n]]/v);
    // Every tag of the document is one that the report itself writes.
    const tags = new Set([...html.matchAll(/<([a-z!]+[0-9]?)/gi)].map(([, tag]) => tag));
    for (const tag of tags)
      expect(
        '!doctype html head meta title style body main header p h1 h2 h3 h4 bdi time section ul li a article table caption thead tbody tr th td span em strong q br figure svg text tspan path rect circle figcaption div dl dt dd pre code footer'.split(
          ' ',
        ),
      ).toContain(tag);
  });
});

test('Markup escapes what it is given, but not markup', () => {
  expect(markup`<p title="${'"&\''}">${'<b>'}${markup`<i>${1}</i>`}${[typed('x')]}${null}</p>`.markup).toBe(
    '<p title="&quot;&amp;&#39;">&lt;b&gt;<i>1</i><bdi dir="auto">x</bdi></p>',
  );
});

test('The words of the report are there in both languages, with the same gaps', () => {
  const stems = (words: object) =>
    [...new Set(Object.keys(words).map((key) => key.replace(/_(one|other)$/, '')))].toSorted();
  expect(stems(reportWords['zh-CN'])).toEqual(stems(reportWords.en));
  const gaps = (text: string) => [...new Set([...text.matchAll(/\{\{\w+\}\}/g)].map(([gap]) => gap))].toSorted();
  const english = new Map<string, string>(Object.entries(reportWords.en));
  for (const [key, text] of Object.entries(reportWords['zh-CN']))
    expect(gaps(text), key).toEqual(gaps(english.get(key) ?? ''));
});
