/**
 * The debrief of a room: one HTML document that needs nothing else, reads like a short paper of the lesson and prints well.
 * Written a part at a time, so that a room of many runs is never whole in memory. No script, no request, no address in it.
 */
import { exportedTo } from '../../shared/protocol/session-file.ts';
import { lookUp, type Proposal, type RoomRun } from '../../shared/protocol/state.ts';
import { isSealed } from '../../shared/protocol/guesses.ts';
import { onOneLine, saidDifferences, shortNetwork } from '../../shared/words/difference.ts';
import { times } from '../../shared/words/numbers.ts';
import { markup, type Html, typed } from './html.ts';
import { called, type Lesson, participants, wasLookedAt } from './lesson.ts';
import { polls } from './polls-part.ts';
import { runPart } from './run-part.ts';
import { guessSaid } from '../../shared/words/guess-said.ts';
import { style } from './style.ts';
import { challenges } from './challenges-part.ts';
import { sweeps } from './sweeps-part.ts';

/** Writes the report, a piece of text at a time: what `opening` leaves open is closed at the end. */
export async function* writeReport(lesson: Lesson): AsyncGenerator<string> {
  const { state } = lesson;
  const runs = Object.values(state.runs);
  const shown = runs.filter((run) => wasLookedAt(state, run));
  yield opening(lesson, shown).markup;
  let figure = 0;
  for (const run of shown) {
    if (!isSealed(state, run.id)) figure += 1;
    yield (await runPart(lesson, run, figure)).markup;
  }
  yield markup`${polls(lesson)}${sweeps(lesson)}${challenges(lesson)}${proposals(lesson)}`.markup;
  yield (
    await others(
      lesson,
      runs.filter((run) => !shown.includes(run)),
    )
  ).markup;
  yield markup`${again(lesson, runs)}${closing(lesson)}</main></body></html>`.markup;
}

function opening(lesson: Lesson, shown: readonly RoomRun[]): Html {
  const { state, words } = lesson;
  const { say, language } = words;
  const title = state.title === '' ? say('report.untitled', { code: state.code }) : state.title;
  const counts = [
    say('report.people', { count: participants(state).reduce((sum, { count }) => sum + count, 0) }),
    say('report.runs', { count: Object.keys(state.runs).length }),
    say('report.proposals', { count: Object.keys(state.proposals).length }),
  ];
  return markup`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          <header>
            <p class="kind">${say('report.kind')}</p>
            <h1>${typed(title)}</h1>
            <p class="soft">
              <time datetime="${new Date(state.createdAt).toISOString()}">${dateSaid(lesson, state.createdAt)}</time> ·
              ${counts.join(' · ')}
            </p>
          </header>
          ${Object.values(state.people).some(({ pretend }) => pretend === true) ? markup`<p class="waits">${say('report.rehearsal')}</p>` : null}
          ${inShort(lesson, shown)}`;
}

/** What the guesses came to, a line each; nothing where there was none. */
function inShort({ state, words }: Lesson, shown: readonly RoomRun[]): Html {
  const { say, language } = words;
  if (shown.length === 0 && Object.keys(state.runs).length === 0) return markup`<p>${say('report.empty')}</p>`;
  const lines = Object.values(state.guesses).flatMap((guess) => {
    const run = lookUp(state.runs, guess.run);
    if (run === undefined || guess.standing.kind !== 'revealed') return [];
    const said = guessSaid(words, guess).join(language === 'en' ? ' ' : '');
    return [markup`<li><a href="#${run.id}">${say('standing.run', { labels: run.label })}</a> ${said}</li>`];
  });
  if (lines.length === 0) return markup``;
  return markup`<section class="short">
    <h2>${say('report.short')}</h2>
    <ul>
      ${lines}
    </ul>
  </section>`;
}

function proposals(lesson: Lesson): Html {
  const { state, words } = lesson;
  const { say } = words;
  const all = Object.values(state.proposals);
  if (all.length === 0) return markup``;
  const head = (['who', 'change', 'reason', 'votes', 'became'] as const).map(
    (column) => markup`<th scope="col">${say(`proposals.${column}`)}</th>`,
  );
  return markup`<section>
    <h2>${say('proposals.title')}</h2>
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${all.map((proposal) => {
          const base = proposal.base === null ? undefined : lookUp(state.runs, proposal.base);
          const changes = saidDifferences(words, base?.configuration ?? state.base, proposal.configuration).map(
            onOneLine,
          );
          const from = base === undefined ? '' : `${base.label}: `;
          return markup`<tr>
            <td>${called(lesson, proposal.author)}</td>
            <td>${from}${changes.join('; ') || say('run.same')}</td>
            <td>${typed(proposal.reason)}${comments(lesson, proposal)}</td>
            <td>${proposal.backers.length}</td>
            <td>${became(lesson, proposal)}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </section>`;
}

/** What others said about a proposal, but for what was hidden. */
function comments(lesson: Lesson, proposal: Proposal): Html | null {
  const shown = proposal.comments.filter(({ hidden }) => !hidden);
  if (shown.length === 0) return null;
  return markup`<ul>${shown.map(({ author, text }) => markup`<li>${typed(text)} <span class="soft">(${called(lesson, author)})</span></li>`)}</ul>`;
}

function became({ state, words }: Lesson, { id, standing }: Proposal): Html {
  const { say } = words;
  const labels = Object.values(state.runs).flatMap((run) => (run.proposal === id ? [run.label] : []));
  const runs = labels.length === 0 ? '' : `, ${say('standing.run', { labels: labels.join(', ') })}`;
  const reason =
    standing.kind === 'rejected' && standing.reason !== '' ? markup` <q>${typed(standing.reason)}</q>` : null;
  return markup`${say(`standing.${standing.kind}`)}${runs}${reason}`;
}

/** Runs that the class did not look at together, a row each: a sweep of a class is sixty of them. */
async function others(
  { state, words, runs: store, curves, reader, at }: Lesson,
  runs: readonly RoomRun[],
): Promise<Html> {
  if (runs.length === 0) return markup``;
  const { say, language } = words;
  const rows: Html[] = [];
  for (const run of runs) {
    const key = { room: state.id, run: run.id };
    const to = exportedTo(state, run, reader, at);
    const front = to < 0 ? -1 : await store.front(key, to);
    const speeds =
      front < 0 ? [] : (await curves.read(key, ['speed'], 0, front)).slice(0, run.configuration.hidden.length);
    const ratio = (speeds.at(-1)?.values[0] ?? Number.NaN) / (speeds[0]?.values[0] ?? Number.NaN);
    const changes = saidDifferences(words, state.base, run.configuration).map(onOneLine).join('; ');
    const network = `${shortNetwork(run.configuration.hidden)}; ${changes || say('run.same')}`;
    rows.push(
      markup`<tr>
        <th scope="row">${run.label}</th>
        <td>${network}</td>
        <td>${Number.isNaN(ratio) ? '–' : times(ratio, language)}</td>
      </tr>`,
    );
  }
  const head = (['run', 'network', 'ratio'] as const).map(
    (column) => markup`<th scope="col">${say(`others.${column}`)}</th>`,
  );
  return markup`<section>
    <h2>${say('others.title')}</h2>
    <p>${say('others.lead')}</p>
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}

function again({ words }: Lesson, runs: readonly RoomRun[]): Html | null {
  if (runs.length === 0) return null;
  const [before = '', command = '', after = ''] = words.say('again.lead').split('`');
  return markup`<section class="again">
    <h2>${words.say('again.title')}</h2>
    <p>${before}<code>${command}</code>${after}</p>
    ${runs.map(
      ({ label, configuration }) =>
        markup`<h3>${words.say('run.name', { label })}</h3>
          <pre><code>${JSON.stringify(configuration)}</code></pre>`,
    )}
  </section>`;
}

function closing(lesson: Lesson): Html {
  const { state, words, names, at } = lesson;
  const { say } = words;
  const everybody = participants(state);
  const list =
    names && everybody.length > 0
      ? markup`<section>
          <h2>${say('report.who')}</h2>
          <p>${everybody.map((person, index) => markup`${index === 0 ? '' : ', '}${typed(person.name)}`)}</p>
        </section>`
      : null;
  const open = Object.values(state.runs).some((run) => isSealed(state, run.id));
  return markup`${list}
    <footer class="soft">
      <p>Deltaroom. ${say('report.made', { date: dateSaid(lesson, at) })}${open ? ` ${say('report.more')}` : ''}</p>
    </footer>`;
}

const dateSaid = ({ words, timeZone }: Lesson, at: number): string =>
  new Intl.DateTimeFormat(words.language, {
    dateStyle: 'long',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
