/** Attendance and answers of a room as a table, for who leads it. Every cell is one that no spreadsheet computes. */
import { csvCell } from '../../shared/protocol/csv.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { entryOf } from '../../shared/protocol/merge-people.ts';
import type { PollAnswer } from '../../shared/protocol/polls.ts';
import type { Secrets } from '../../shared/protocol/secrets.ts';
import { isPretend } from './lesson.ts';
import { lookUp, type PersonId, type RoomState } from '../../shared/protocol/state.ts';

/** `item` is a guess or poll, `about` its run or question; `at` is when somebody came or left, ISO 8601. */
const columns = [
  'person',
  'name',
  'role',
  'kind',
  'item',
  'about',
  'round',
  'answer',
  'slowest',
  'reason',
  'at',
] as const;
type Column = (typeof columns)[number];
type Row = Partial<Readonly<Record<Column, string | number>>>;

export type AnswersTable = {
  readonly state: RoomState;
  readonly secrets: Secrets;
  /** Whether people are called by name; the column is empty otherwise. */
  readonly names: boolean;
  /** The room's events, some at a time. */
  readonly events: AsyncIterable<readonly NumberedEvent[]>;
};

/** Writes the table, a piece of text at a time: coming and leaving, then guesses that were revealed, then polls. */
export async function* writeAnswers(table: AnswersTable): AsyncGenerator<string> {
  const { state, secrets, names, events } = table;
  const written = (row: Row): string => `${columns.map((column) => csvCell(row[column] ?? '')).join(',')}\r\n`;
  const person = (id: PersonId): Row => {
    const entry = entryOf(state, id);
    return { person: entry?.id ?? id, role: entry?.role ?? '', ...(names ? { name: entry?.name ?? '' } : {}) };
  };
  // The mark tells spreadsheets that this is UTF-8.
  yield `\uFEFF${columns.join(',')}\r\n`;
  for await (const page of events)
    yield page
      .flatMap((event) => presenceOf(state, event, person))
      .map(written)
      .join('');
  for (const guess of Object.values(state.guesses)) {
    if (guess.standing.kind !== 'revealed') continue;
    const about = lookUp(state.runs, guess.run)?.label ?? '';
    for (const [index, { answers, hands }] of (lookUp(secrets.guesses, guess.id) ?? []).entries()) {
      const shared: Row = { kind: 'guess', item: guess.id, about, round: index + 1 };
      for (const [id, { choice, slowest, reason }] of Object.entries(answers)) {
        if (isPretend(state, id)) continue;
        yield written({ ...shared, ...person(id), answer: choice, slowest: slowest ?? '', reason });
      }
      for (const [choice, count] of Object.entries(hands))
        yield written({ ...shared, kind: 'hands', answer: `${choice}: ${count}` });
    }
  }
  for (const poll of Object.values(state.polls)) {
    for (const [index, { answers, hands }] of (lookUp(secrets.polls, poll.id)?.rounds ?? []).entries()) {
      const shared: Row = { kind: 'poll', item: poll.id, about: poll.question, round: index + 1 };
      for (const [id, answer] of Object.entries(answers)) {
        if (isPretend(state, id)) continue;
        yield written({ ...shared, ...person(id), answer: pollAnswer(answer, poll.options) });
      }
      for (const [option, count] of hands.entries())
        yield written({ ...shared, kind: 'hands', answer: `${poll.options[option] ?? option + 1}: ${count}` });
    }
  }
}

const pollAnswer = (answer: PollAnswer, options: readonly string[]): string | number => {
  if ('number' in answer) return answer.number;
  return 'text' in answer ? answer.text : answer.options.map((option) => options[option] ?? option + 1).join('; ');
};

function presenceOf(state: RoomState, event: NumberedEvent, person: (id: PersonId) => Row): Row[] {
  switch (event.type) {
    case 'person-joined':
    case 'person-returned':
    case 'person-left':
      if (isPretend(state, event.data.person)) return [];
      return [
        {
          ...person(event.data.person),
          kind: event.type.slice('person-'.length),
          at: new Date(event.at).toISOString(),
        },
      ];
    default:
      return [];
  }
}
