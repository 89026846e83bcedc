/** What can be tried on the patient of a rescue, field by field. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { resized } from '../../shared/protocol/changes.ts';

/** What a rescue may change on this page, with some values each. */
export const remedies = {
  'hidden.depth': [1, 2, 4, 6, 12],
  'hidden.width': [15, 45, 60],
  activation: ['tanh', 'relu', 'leaky-relu', 'softsign', 'selu', 'gelu'],
  'initialization.scheme': ['standard-normal', 'xavier-uniform', 'xavier-normal', 'he-normal', 'orthogonal', 'sparse'],
  'initialization.gain': [0.5, 2, 4, 8],
  normalization: ['batch'],
  residual: [true],
  dropout: [0.1, 0.5],
  'optimizer.name': ['momentum', 'nesterov', 'rmsprop', 'adam'],
  'optimizer.learningRate': [0.01, 0.3, 1, 3, 10],
  'regularization.l2': [1, 5],
  gradientClip: [0.1, 1],
  batchSize: [1, 5, 50, 'full'],
  epochs: [10, 40, 60],
} as const satisfies Readonly<Record<string, readonly (number | string | boolean)[]>>;
export type Remedy = keyof typeof remedies;
export const remedyNames = Object.keys(remedies) as readonly Remedy[];

/** The change that a value of a remedy is. */
export function changeFor(
  { hidden }: RunConfiguration,
  remedy: Remedy,
  value: number | string | boolean,
): Record<string, unknown> {
  if (remedy === 'hidden.depth') return { hidden: resized(hidden, Number(value)) };
  if (remedy === 'hidden.width') return { hidden: hidden.map(() => value) };
  const [outer = '', inner] = remedy.split('.');
  return { [outer]: inner === undefined ? value : { [inner]: value } };
}
