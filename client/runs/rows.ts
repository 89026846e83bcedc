/** What a list says of each run: facts of the room, values at the step that may be seen, and what this page has made of it. */
import { planOf } from '../../shared/core/plan.ts';
import { lookUp, type PersonId, type RoomRun, type RoomState, type RunId } from '../../shared/protocol/state.ts';
import type { Words } from '../i18n/words.ts';
import { onOneLine, type SaidDifference, saidDifferences, shortNetwork } from '../../shared/words/difference.ts';
import type { Verification } from '../verify/verifications.ts';
import type { Column, Listed } from './order.ts';
import type { RunValues } from './values.ts';

export type Verified = 'equal' | 'differs' | 'working' | 'asking' | 'failed' | null;

export type RunRow = Listed & {
  readonly run: RoomRun;
  readonly author: string;
  readonly network: string;
  readonly depth: number;
  readonly parameters: number;
  readonly isBase: boolean;
  /** How its settings differ from those of the base. */
  readonly changes: readonly SaidDifference[];
  readonly values: RunValues;
  readonly isShown: boolean;
  /** Whether it is the run on show. */
  readonly isLooked: boolean;
  readonly verified: Verified;
};

/** What does not change while a run is trained and looked at. */
type Standing = Pick<RunRow, 'network' | 'depth' | 'parameters' | 'changes'> & { readonly words: string };

export type RowInputs = {
  readonly state: RoomState;
  readonly words: Words;
  /** What somebody is called on this page. */
  readonly nameOf: (person: PersonId) => string;
  readonly base: RoomRun | null;
  readonly compared: ReadonlySet<RunId>;
  readonly looked: RunId | null;
  readonly values: ReadonlyMap<RunId, RunValues>;
  readonly verifications: Readonly<Record<RunId, Verification>>;
};

const nothing: RunValues = { step: -1, ratio: null, accuracy: null, missing: [] };

const statusOrder: Readonly<Record<RoomRun['status']['kind'], number>> = {
  live: 0,
  stopping: 1,
  sealed: 2,
  finished: 3,
  stopped: 4,
  diverged: 5,
  failed: 6,
};

const verifiedOrder: Readonly<Record<NonNullable<Verified>, number>> = {
  equal: 4,
  differs: 3,
  working: 2,
  asking: 1,
  failed: 0,
};

/** Builds the rows of a list. What costs most is kept from call to call: make one maker for each list. */
export function createRowMaker(): (inputs: RowInputs) => RunRow[] {
  const kept = new Map<RunId, { readonly base: RoomRun | null; readonly words: Words; readonly standing: Standing }>();
  const standingOf = (run: RoomRun, base: RoomRun | null, words: Words): Standing => {
    const known = kept.get(run.id);
    if (known !== undefined && known.base?.id === base?.id && known.words === words) return known.standing;
    const standing = makeStanding(run, base, words);
    kept.set(run.id, { base, words, standing });
    return standing;
  };
  const rows = new Map<RunId, RunRow>();
  return (inputs) => {
    const { state, words, nameOf, base, compared, looked, values, verifications } = inputs;
    return Object.values(state.runs).map((run, order) => {
      const standing = standingOf(run, base, words);
      const facts: Facts = {
        run,
        author: nameOf(authorOf(state, run)),
        values: values.get(run.id) ?? nothing,
        isBase: base?.id === run.id,
        isShown: compared.has(run.id),
        isLooked: looked === run.id,
        verified: verifiedOf(verifications[run.id]),
      };
      const before = rows.get(run.id);
      if (before !== undefined && before.changes === standing.changes && sameFacts(before, facts)) return before;
      const row = makeRow(standing, facts, order, words);
      rows.set(run.id, row);
      return row;
    });
  };
}

/** What may change at any moment. */
type Facts = Pick<RunRow, 'run' | 'author' | 'values' | 'isBase' | 'isShown' | 'isLooked' | 'verified'>;

const sameFacts = (one: Facts, other: Facts): boolean =>
  one.run === other.run &&
  one.author === other.author &&
  one.values === other.values &&
  one.isBase === other.isBase &&
  one.isShown === other.isShown &&
  one.isLooked === other.isLooked &&
  one.verified === other.verified;

function makeRow({ words: said, ...standing }: Standing, facts: Facts, order: number, words: Words): RunRow {
  const { kind } = facts.run.status;
  const row = {
    ...standing,
    ...facts,
    order,
    status: kind,
    words: `${said} ${facts.author} ${words.say(`standing.${kind}`)}`,
  };
  return { ...row, keys: keysOf(row, words) };
}

/** Whose idea a run was: that of whoever proposed it, not of the host who started it. */
const authorOf = (state: RoomState, { proposal, author }: RoomRun): PersonId =>
  (proposal === null ? undefined : lookUp(state.proposals, proposal)?.author) ?? author;

function makeStanding(run: RoomRun, base: RoomRun | null, words: Words): Standing {
  const { hidden, activation } = run.configuration;
  const changes = base === null ? [] : saidDifferences(words, base.configuration, run.configuration);
  const network = `${shortNetwork(hidden)} ${words.say(`activation.${activation}`)}`;
  return {
    network,
    depth: hidden.length,
    parameters: planOf(run.configuration).parameters,
    changes,
    words: [run.label, words.say('plot.run', { label: run.label }), network, ...changes.map(onOneLine)].join(' '),
  };
}

function keysOf(row: Omit<RunRow, 'keys'>, words: Words): RunRow['keys'] {
  const { order, isShown, changes, author, status, depth, parameters, values, verified } = row;
  const fields = changes.map(({ field, to }) => `${field} ${to}`).join(' ');
  return {
    run: order,
    shown: isShown ? 1 : 0,
    changes: `${String(changes.length).padStart(2, '0')} ${fields}`,
    author: author.toLocaleLowerCase(words.language),
    status: statusOrder[status],
    depth,
    parameters,
    ratio: values.ratio,
    accuracy: values.accuracy?.share ?? null,
    verified: verified === null ? null : verifiedOrder[verified],
  } satisfies Record<Column, string | number | null>;
}

function verifiedOf(verification: Verification | undefined): Verified {
  if (verification === undefined) return null;
  if (verification.kind !== 'done') return verification.kind;
  const { kind } = verification.outcome;
  return kind === 'equal' || kind === 'differs' ? kind : 'failed';
}
