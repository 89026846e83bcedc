/**
 * What a run is trained with: every choice that determines its numbers, complete, with no default left to fill in.
 * Parsing, defaults and limits belong to the protocol; the core takes a configuration as already valid.
 */

/**
 * What the outputs are to be, where it is not the one-hot class: the inputs themselves. Such a network has no accuracy, and no
 * test images, since only that is taken on them.
 */
export type Targets = 'inputs';

export type DatasetChoice =
  | { readonly name: 'mnist'; readonly train: number; readonly test: number; readonly targets?: Targets }
  | { readonly name: 'shapeset'; readonly train: number; readonly test: number; readonly targets?: Targets }
  | {
      readonly name: 'spiral' | 'circle' | 'xor' | 'gauss';
      readonly train: number;
      readonly test: number;
      readonly noise: number;
    }
  | { readonly name: 'parity'; readonly bits: number };

export type ActivationName = 'sigmoid' | 'tanh' | 'relu' | 'leaky-relu' | 'softsign' | 'selu' | 'gelu' | 'linear';
export type OutputName = 'sigmoid' | 'softmax' | 'linear';
export type CostName = 'cross-entropy' | 'quadratic';
export type NormalizationName = 'none' | 'batch';

export type InitializationScheme =
  | 'scaled-normal'
  | 'standard-normal'
  | 'standard-uniform'
  | 'xavier-uniform'
  | 'xavier-normal'
  | 'he-normal'
  | 'orthogonal'
  | 'sparse'
  | 'lsuv'
  | 'constant';

export type Initialization = { readonly scheme: InitializationScheme; readonly gain: number; readonly biasStd: number };

export type OptimizerChoice =
  | { readonly name: 'sgd'; readonly learningRate: number }
  | { readonly name: 'momentum'; readonly learningRate: number; readonly momentum: number }
  | {
      readonly name: 'nesterov';
      readonly learningRate: number;
      readonly momentum: number;
      readonly schedule: 'constant' | 'sutskever';
    }
  | { readonly name: 'rmsprop'; readonly learningRate: number; readonly decay: number; readonly epsilon: number }
  | {
      readonly name: 'adam';
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    };

/** The configuration of one run. `null` means "derived from the rest": see `planOf` in plan.ts. */
export type RunConfiguration = {
  readonly dataset: DatasetChoice;
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly output: OutputName;
  readonly cost: CostName;
  readonly initialization: Initialization;
  readonly normalization: NormalizationName;
  readonly residual: boolean;
  readonly dropout: number;
  readonly frozen: readonly number[];
  readonly optimizer: OptimizerChoice;
  readonly regularization: { readonly l1: number; readonly l2: number };
  readonly gradientClip: number | null;
  readonly batchSize: number | 'full';
  readonly shuffle: boolean;
  readonly epochs: number;
  readonly measureEvery: number | null;
  readonly evaluateEvery: number | null;
  readonly probe: number;
  readonly seed: number;
};
