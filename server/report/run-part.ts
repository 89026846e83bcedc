/** One run in the report: where it came from, what was expected of it, its curves, what they show, and notes. */
import type { MeasurementRecord } from '../../shared/protocol/measurements.ts';
import { isSealed } from '../../shared/protocol/guesses.ts';
import { exportedTo } from '../../shared/protocol/session-file.ts';
import { hasEnded, lookUp, type RoomRun } from '../../shared/protocol/state.ts';
import { fromWireNumber } from '../../shared/protocol/wire-numbers.ts';
import { onOneLine, saidDifferences, saidSummary } from '../../shared/words/difference.ts';
import { measured, percent, wholeNumber } from '../../shared/words/numbers.ts';
import { guessPart } from './guess-part.ts';
import { markup, type Html, typed } from './html.ts';
import { called, type Lesson } from './lesson.ts';
import { layersSaid } from './said.ts';
import { drawnSpeeds } from './speed-figure.ts';

/** Writes the part of a run; `figure` is the number of its figure. */
export async function runPart(lesson: Lesson, run: RoomRun, figure: number): Promise<Html> {
  const { state, words } = lesson;
  const { say } = words;
  const guesses = Object.values(state.guesses).filter((guess) => guess.run === run.id);
  const title = say('run.title', { label: run.label, summary: saidSummary(words, run.configuration) });
  return markup`<article id="${run.id}">
    <h2>${title}</h2>
    ${lineage(lesson, run)} ${guesses.map((guess) => guessPart(lesson, run, guess))}
    ${isSealed(state, run.id) ? markup`<p class="waits">${say('run.waits')}</p>` : await results(lesson, run, figure)}
    ${notes(lesson, run)}
  </article>`;
}

/** Where a run came from and what was changed, and whose idea it was. */
function lineage(lesson: Lesson, run: RoomRun): Html {
  const { state, words } = lesson;
  const { say } = words;
  const proposal = run.proposal === null ? undefined : lookUp(state.proposals, run.proposal);
  const from = lookUp(state.runs, run.origin?.run ?? proposal?.base ?? '');
  const base = from?.configuration ?? state.base;
  const changes = saidDifferences(words, base, run.configuration).map(onOneLine);
  const start =
    run.origin !== null && from !== undefined
      ? say('run.fork', { label: from.label, step: wholeNumber(run.origin.step, words.language) })
      : from === undefined
        ? say('run.first')
        : say('run.from', { label: from.label });
  const [colon, comma] = words.language === 'en' ? [': ', '; '] : ['：', '；'];
  const isFirst = from === undefined && changes.length === 0;
  const said = isFirst
    ? say('run.first.same')
    : `${start}${colon}${changes.length === 0 ? say('run.same') : changes.join(comma)}`;
  if (proposal === undefined) return markup`<p class="lineage">${said}</p>`;
  const name = called(lesson, proposal.author);
  const [before = '', after = ''] = say('run.proposed', { name: '\n' }).split('\n');
  const reason = proposal.reason === '' ? null : markup`, ${say('run.reason')} <q>${typed(proposal.reason)}</q>`;
  return markup`<p class="lineage">${said}<br />${before}${name}${after}${reason}</p>`;
}

async function results(lesson: Lesson, run: RoomRun, figure: number): Promise<Html> {
  const { state, words, runs, curves, reader, at } = lesson;
  const { say, language } = words;
  const key = { room: state.id, run: run.id };
  const to = exportedTo(state, run, reader, at);
  const last = to < 0 ? -1 : await runs.front(key, to);
  if (last < 0) return markup`<p class="waits">${say('run.unmeasured')}</p>`;
  const hidden = run.configuration.hidden.length;
  const speeds = (await curves.read(key, ['speed'], 0, last)).slice(0, hidden);
  const first = speeds[0]?.steps[0] ?? last;
  const speedsAt = (place: number): number[] => speeds.map(({ values }) => values.at(place) ?? Number.NaN);
  const steps = first === last ? [first] : [first, last];
  const sentence = steps
    .map((step, index) => layersSaid(words, run.configuration, step, speedsAt(index === 0 ? 0 : -1)))
    .join(language === 'en' ? ' ' : '');
  const lines = await runs.lines(key, last, last);
  const record = lines[0] === undefined ? null : (JSON.parse(lines[0].line) as MeasurementRecord);
  return markup`<section>
    <h3>${say('run.found')}</h3>
    <figure>
      ${drawnSpeeds(words, run.label, speeds)}
      <figcaption>${say('figure.text', { number: figure, sentence })}</figcaption>
    </figure>
    <div class="hidden"><table>
      <caption>
        ${say('figure.table', { label: run.label })}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say('figure.step')}</th>
          ${speeds.map((_, index) => markup`<th scope="col">${say('figure.layer', { layer: index + 1 })}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${steps.map(
          (step, index) =>
            markup`<tr>
              <th scope="row">${step}</th>
              ${speedsAt(index === 0 ? 0 : -1).map((speed) => markup`<td>${measured(speed, language)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table></div>
    ${record === null ? null : facts(lesson, run, record)}
  </section>`;
}

function facts({ words }: Lesson, run: RoomRun, record: MeasurementRecord): Html {
  const { say, language } = words;
  const share = (value: MeasurementRecord['cost']): string => percent(fromWireNumber(value), language, 1);
  const rows = [
    [say('fact.end'), endSaid(words, run, record.step)],
    [say('fact.cost'), measured(fromWireNumber(record.cost), language)],
    ...(record.trainAccuracy === null ? [] : [[say('fact.train'), share(record.trainAccuracy)]]),
    ...(record.testAccuracy === null ? [] : [[say('fact.test'), share(record.testAccuracy)]]),
    [say('fact.engine'), run.engine],
    [say('fact.digest'), record.digest, 'code'],
  ];
  return markup`<dl class="facts">
    ${rows.map(
      ([name = '', value = '', kind = 'plain']) => markup`<div class="${kind}"><dt>${name}</dt><dd>${value}</dd></div>`,
    )}
  </dl>`;
}

function endSaid({ say, language }: Lesson['words'], { status }: RoomRun, shownTo: number): string {
  const step = wholeNumber(shownTo, language);
  if (!hasEnded(status)) return say('end.live', { step });
  if (status.kind === 'failed') return say('end.failed', { reason: status.reason });
  if (shownTo < status.step) return say('end.shown', { step });
  return say(`end.${status.kind}`, { step, layer: status.kind === 'diverged' ? status.layer : 0 });
}

function notes(lesson: Lesson, run: RoomRun): Html | null {
  const { state, words } = lesson;
  const pins = Object.values(state.pins)
    .filter((pin) => pin.run === run.id)
    .toSorted((a, b) => a.step - b.step);
  if (pins.length === 0) return null;
  const { say, language } = words;
  return markup`<section>
    <h3>${say('run.notes')}</h3>
    <ul class="notes">
      ${pins.map(({ step, layer, text, author }) => {
        const at = { step: wholeNumber(step, language), layer: layer ?? 0 };
        const place = layer === null ? say('note.at', at) : say('note.layer', at);
        return markup`<li>
          <strong>${place}</strong> ${typed(text)} <span class="soft">(${called(lesson, author)})</span>
        </li>`;
      })}
    </ul>
  </section>`;
}
