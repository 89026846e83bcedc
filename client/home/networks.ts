/** The two networks that the start page trains: the same task, one hidden layer and four. */
import type { ConfigurationInput } from '../../shared/protocol/configuration-schema.ts';

/** Speeds of the hidden layers before a step, and the share of training images that were right then. */
export type Moment = { readonly step: number; readonly speeds: readonly number[]; readonly accuracy: number };

export const depths = [1, 4] as const;
export const steps = 500;

/** The configurations, paired: the same seed, so that all that differs is what depth changes. */
export const configurationsOf = (seed: number): readonly ConfigurationInput[] =>
  depths.map((depth) => ({
    dataset: { name: 'mnist', train: 1000, test: 0 },
    hidden: Array<number>(depth).fill(30),
    regularization: { l2: 5 },
    batchSize: 'full',
    epochs: steps,
    measureEvery: 2,
    seed,
  }));
