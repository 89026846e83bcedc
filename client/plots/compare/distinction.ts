/** What tells runs apart in a few words: ReLU, 4×30, learning rate 0.5. Only what differs among those that are shown. */
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import { configurationDifference } from '../../../shared/protocol/configuration.ts';
import type { TextKey, Words } from '../../i18n/words.ts';
import { en } from '../../i18n/en.ts';
import { saidValue, shortNetwork } from '../../panels/difference.ts';

/** These follow from others or are no matter of the network. */
const passedOver: ReadonlySet<string> = new Set(['seed', 'measureEvery', 'evaluateEvery', 'probe']);
/** Their values are names that need no field before them. */
const named: ReadonlySet<string> = new Set(['activation', 'initialization.scheme', 'optimizer.name', 'dataset.name']);

/** Returns the words for each configuration, none where all are alike; at most `most` settings each. */
export function distinctionsOf(words: Words, configurations: readonly RunConfiguration[], most: number): string[][] {
  const [first] = configurations;
  if (first === undefined) return [];
  const paths = [
    ...new Set(configurations.flatMap((one) => configurationDifference(first, one).map(({ path }) => path))),
  ].filter((path) => !passedOver.has(path));
  return configurations.map((configuration) =>
    paths.slice(0, most).flatMap((path) => {
      const value = valueAt(configuration, path);
      if (path === 'hidden') return [shortNetwork(configuration.hidden)];
      // Settings of another optimizer are not settings of this one.
      if (value === undefined) return [];
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
