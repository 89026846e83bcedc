/** What tells runs apart in a few words: ReLU, 4×30, learning rate 0.5. Only what differs among those that are shown. */
import type { InitializationScheme, OptimizerChoice, RunConfiguration } from '../../../shared/core/configuration.ts';
import { configurationDifference } from '../../../shared/protocol/configuration.ts';
import type { TextKey, Words } from '../../i18n/words.ts';
import { en } from '../../i18n/en.ts';
import { saidValue, shortNetwork } from '../../../shared/words/difference.ts';

/** These follow from others or are no matter of the network. */
const passedOver: ReadonlySet<string> = new Set(['seed', 'epochs', 'measureEvery', 'evaluateEvery', 'probe']);
/** Where the first one differs, the others follow from it. */
const led: readonly (readonly [leader: string, followers: string])[] = [
  ['initialization.scheme', 'initialization.biasStd'],
  ['dataset.name', 'dataset.'],
  ['optimizer.name', 'optimizer.'],
];
/** Their values are names that need no field before them. */
const named: ReadonlySet<string> = new Set(['activation', 'initialization.scheme', 'optimizer.name', 'dataset.name']);

const shortSchemes: Readonly<Record<InitializationScheme, TextKey>> = {
  'scaled-normal': 'short.scaled-normal',
  'standard-normal': 'short.standard-normal',
  'standard-uniform': 'short.standard-uniform',
  'xavier-uniform': 'short.xavier',
  'xavier-normal': 'short.xavier',
  'he-normal': 'short.he',
  orthogonal: 'scheme.orthogonal',
  sparse: 'scheme.sparse',
  lsuv: 'scheme.lsuv',
  constant: 'scheme.constant',
};

/** What people ask for first; everything else follows as configurations have it. */
const foremost = ['hidden', 'activation', 'optimizer.name', 'optimizer.learningRate', 'dataset.name'];
const rank = (path: string): number => (foremost.indexOf(path) + foremost.length + 1) % (foremost.length + 1);

const optimizers: Readonly<Record<OptimizerChoice['name'], string>> = {
  sgd: 'SGD',
  momentum: 'Momentum',
  nesterov: 'Nesterov',
  rmsprop: 'RMSprop',
  adam: 'Adam',
};

/** Returns the words for each configuration, none where all are alike; at most `most` settings each. */
export function distinctionsOf(words: Words, configurations: readonly RunConfiguration[], most: number): string[][] {
  const [first] = configurations;
  if (first === undefined) return [];
  const paths = [
    ...new Set(configurations.flatMap((one) => configurationDifference(first, one).map(({ path }) => path))),
  ].filter((path) => !passedOver.has(path));
  const leaders = led.filter(([leader]) => paths.includes(leader));
  const told = paths
    .filter((path) => !leaders.some(([leader, of]) => path !== leader && path.startsWith(of)))
    .toSorted((one, other) => rank(one) - rank(other));
  return configurations.map((configuration) =>
    told.slice(0, most).flatMap((path) => {
      const value = valueAt(configuration, path);
      if (path === 'optimizer.name') return [optimizers[configuration.optimizer.name]];
      if (path === 'hidden') return [shortNetwork(configuration.hidden)];
      // Settings of another optimizer are not settings of this one.
      if (value === undefined) return [];
      const scheme = path === 'initialization.scheme' ? shortSchemes[configuration.initialization.scheme] : null;
      if (scheme !== null) return [words.say(scheme)];
      const said = saidValue(words.say, words.language, path, value);
      const key = `field.${path}`;
      return [named.has(path) || !isKey(key) ? said : `${words.say(key)} ${said}`];
    }),
  );
}

function valueAt(configuration: RunConfiguration, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null && !Array.isArray(at) ? Reflect.get(at, name) : undefined),
      configuration,
    );
}

const isKey = (key: string): key is Extract<TextKey, keyof typeof en> => Object.hasOwn(en, key);
