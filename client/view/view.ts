/**
 * What is seen of a room: one typed value, and how it stands in the address bar. A link with it opens to the same picture.
 * The table of fields is the only place that knows their names in the address; what does not fit there is its default.
 */
import type { RunId } from '../../shared/protocol/state.ts';

/** How a field is written in an address and read back; undefined is what does not fit. */
type Field<Value> = {
  readonly name: string;
  readonly fallback: Value;
  readonly read: (text: string) => Value | undefined;
  readonly write: (value: Value) => string;
};

export const plotNames = ['layers', 'compare', 'heat', 'why', 'sees', 'outcome', 'runs', 'all'] as const;
export type PlotName = (typeof plotNames)[number];

export const measures = ['speed', 'speedRms', 'weightGradient', 'perParameter', 'updateRatio', 'displacement'] as const;
/** What the speed of learning is measured by; `perParameter` is the weight gradient divided by the root of its length. */
export type Measure = (typeof measures)[number];

/** What runs are compared by: layer 1 next to the last one, one layer, or what comes of it. */
export const comparisons = ['ratio', 'layer', 'cost', 'accuracy'] as const;
export type Comparison = (typeof comparisons)[number];

/** What is to be seen of why layers learn at different speeds; the lanes lie under the factors. */
export const whyParts = ['factors', 'slope', 'values', 'neurons'] as const;
export const laneKinds = ['saturation', 'outputs'] as const;
export const spreadValues = ['activations', 'preactivations', 'deltas', 'weights', 'weightGradients'] as const;
/** Of what the distribution is shown. */
export type SpreadValue = (typeof spreadValues)[number];

export const axisUnits = ['step', 'epoch', 'seconds', 'flops'] as const;
export type AxisUnit = (typeof axisUnits)[number];

/** A step of a run, chosen by the person at this page. */
export type Moment = { readonly run: RunId; readonly step: number };

/** Both ends in units of the horizontal axis. */
export type Zoom = readonly [from: number, to: number];

/** Reads a short number as people would write it in an address; undefined for anything else. */
function numberOf(text: string): number | undefined {
  return /^\d{1,15}(?:\.\d{1,12})?(?:e\+?\d{1,3})?$/.test(text) ? Number(text) : undefined;
}

const runPattern = /^[\w-]{1,40}$/;

function written(value: number): string {
  const short = Number(value.toPrecision(8));
  return short < 1e15 ? String(short) : short.toExponential().replace('+', '');
}

const oneOf = <const Names extends readonly string[]>(
  name: string,
  names: Names,
  fallback: Names[number],
): Field<Names[number]> => ({
  name,
  fallback,
  read: (text) => names.find((one) => one === text),
  write: (value) => value,
});

const flag = (name: string): Field<boolean> => ({
  name,
  fallback: false,
  read: (text) => (text === '1' ? true : undefined),
  write: () => '1',
});

const text = (name: string, pattern: RegExp): Field<string | null> => ({
  name,
  fallback: null,
  read: (value) => (pattern.test(value) ? value : undefined),
  write: (value) => value ?? '',
});

const number = <Fallback extends number | null>(
  name: string,
  fallback: Fallback,
  fits: (value: number) => boolean,
): Field<number | Fallback> => ({
  name,
  fallback,
  read(value) {
    const read = numberOf(value);
    return read !== undefined && fits(read) ? read : undefined;
  },
  write: (value) => (value === null ? '' : written(value)),
});

const runs: Field<readonly RunId[] | null> = {
  name: 'runs',
  fallback: null,
  read(value) {
    const ids = value === '' ? [] : value.split(',');
    return ids.length <= 600 && ids.every((id) => runPattern.test(id)) ? [...new Set(ids)] : undefined;
  },
  write: (ids) => (ids ?? []).join(','),
};

const zoom: Field<Zoom | null> = {
  name: 'zoom',
  fallback: null,
  read(value) {
    const [from, to, ...rest] = value.split('_').map(numberOf);
    return from !== undefined && to !== undefined && rest.length === 0 && from < to ? [from, to] : undefined;
  },
  write: (value) => (value ?? []).map(written).join('_'),
};

const moment: Field<Moment | null> = {
  name: 'at',
  fallback: null,
  read(value) {
    const [run = '', step = '', ...rest] = value.split('.');
    if (!runPattern.test(run) || !/^\d{1,15}$/.test(step) || rest.length > 0) return undefined;
    return { run, step: Number(step) };
  },
  write: (value) => (value === null ? '' : `${value.run}.${value.step}`),
};

const fields = {
  /** Which plot is on show. */
  plot: oneOf('plot', plotNames, 'layers'),
  /** The plot that fills the whole page; null: none does. */
  full: text('full', /^[a-z-]{1,40}$/),
  /** The runs that are compared, in this order; null: the room's choice. */
  runs,
  /** The run that others are compared with; null: the oldest. */
  base: text('base', runPattern),
  /** The step of a run that this person looks at alone; null: with the class. */
  at: moment,
  measure: oneOf('measure', measures, 'speed'),
  /** The layer that is looked at by itself; null: the first. */
  layer: number('layer', null, (value) => Number.isInteger(value) && value >= 1 && value <= 65),
  compared: oneOf('compare', comparisons, 'ratio'),
  /** A small plot for each of the runs that are compared, in place of one plot. */
  multiples: flag('multiples'),
  why: oneOf('why', whyParts, 'factors'),
  lanes: oneOf('lanes', laneKinds, 'saturation'),
  spread: oneOf('of', spreadValues, 'deltas'),
  sees: oneOf('sees', ['sees', 'says'], 'sees'),
  /** Drawings whose parts differ much in size: each part on a scale of its own. */
  own: flag('own'),
  /** What runs along the horizontal axis, and whether in powers of ten. */
  axis: oneOf('axis', axisUnits, 'step'),
  x: oneOf('x', ['linear', 'log'], 'linear'),
  y: oneOf('y', ['log', 'linear'], 'log'),
  /** The part of the horizontal axis that is on show, in its units; null: all of it. */
  zoom,
  /** Weight of what came before in the moving average, 0 (off) to 0.99. */
  smoothing: number('smooth', 0, (value) => value >= 0 && value <= 0.99),
  /** The book's axes, colours, grid and legend. */
  book: flag('book'),
  /** What theory predicts of the start, beside what is measured. */
  theory: flag('theory'),
  /** The plot as a table in its place. */
  table: flag('table'),
  /** Something else is looked at than what the class is shown. */
  free: flag('free'),
  /** The sheet that is open on a phone. */
  sheet: oneOf('sheet', ['plot', 'guess', 'class', 'board', 'runs', 'more'], 'plot'),
} as const;

type Fields = typeof fields;
export type View = { readonly [Key in keyof Fields]: Fields[Key] extends Field<infer Value> ? Value : never };

/** What of a view is the room's, where people follow it; the rest is each page's own. */
const followedKeys = [
  'plot',
  'runs',
  'base',
  'measure',
  'layer',
  'compared',
  'multiples',
  'why',
  'lanes',
  'spread',
  'sees',
  'own',
  'axis',
  'x',
  'y',
  'zoom',
  'smoothing',
  'book',
  'theory',
] as const satisfies readonly (keyof View)[];
export type FollowedView = Pick<View, (typeof followedKeys)[number]>;

const entries = Object.entries(fields) as [keyof View, Field<unknown>][];

const fromEach = (valueOf: (field: Field<unknown>) => unknown): View =>
  // Each key gets a value of its own field, which the compiler cannot follow through `Object.entries`.
  Object.fromEntries(entries.map(([key, field]) => [key, valueOf(field)])) as View;

export const defaultView: View = fromEach(({ fallback }) => fallback);

/** Reads what is seen from the search part of an address; unknown and wrong parts are passed over. */
export function readView(search: string): View {
  const given = new URLSearchParams(search);
  return fromEach(({ name, fallback, read }) => {
    const value = given.get(name);
    return value === null ? fallback : (read(value) ?? fallback);
  });
}

/** Writes what is seen as the search part of an address, empty where all is as it is by default; foreign parts of `search` stay. */
export function writeView(view: View, search = ''): string {
  const parts = new URLSearchParams(search);
  for (const [key, { name, fallback, write }] of entries) {
    const value = view[key];
    // Taken out first, so that the order is always that of the table.
    parts.delete(name);
    if (JSON.stringify(value) !== JSON.stringify(fallback)) parts.append(name, write(value));
  }
  // Commas are allowed in a search part, and a list reads better with them.
  const query = parts.toString().replaceAll('%2C', ',');
  return query === '' ? '' : `?${query}`;
}

/** The part of a view that a room follows. */
const followedOf = (view: View): FollowedView =>
  // Each key keeps its own value, which the compiler cannot follow through `Object.fromEntries`.
  Object.fromEntries(followedKeys.map((key) => [key, view[key]])) as FollowedView;

/**
 * Writes what a room is to follow, at most `longest` characters; a list of runs that is too long for that is left to the pages.
 * With `at` the room is to follow to that step, too.
 */
export function writeFollowed(view: View, longest: number, at: Moment | null = null): string {
  const text = writeView({ ...defaultView, ...followedOf(view), at }).slice(1);
  return text.length <= longest ? text : writeView({ ...defaultView, ...followedOf(view), at, runs: null }).slice(1);
}

/** Reads what a room follows; what this page does not know is as it is by default. */
export const readFollowed = (text: string): FollowedView => followedOf(readView(text));

/** Reads to which step a room is to follow; null: to none but its own. */
export const readFollowedMoment = (text: string): Moment | null => readView(text).at;
