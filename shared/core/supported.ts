/**
 * What the core trains today of all that a configuration can say. The protocol parses every configuration and refuses
 * with `unsupported` what this table does not let through, so that breadth can grow here and nowhere else.
 */
import type { RunConfiguration } from './configuration.ts';
import { costs, costKey } from './costs.ts';
import { optimizers } from './optimizers.ts';

/** A field of a configuration and its value; `path` is dotted, as in `initialization.scheme`. */
export type Unsupported = { readonly path: string; readonly value: unknown };

/** Finds the first field that the core does not train yet; null when it trains all of them. */
export function unsupportedIn(configuration: RunConfiguration): Unsupported | null {
  const { dataset, output, cost, initialization, optimizer, regularization } = configuration;
  const fields: readonly (readonly [path: string, value: unknown, supported: boolean])[] = [
    ['dataset.name', dataset.name, dataset.name === 'mnist'],
    ['cost', cost, costKey(output, cost) in costs],
    ['initialization.scheme', initialization.scheme, initialization.scheme !== 'lsuv'],
    ['normalization', configuration.normalization, configuration.normalization === 'none'],
    ['residual', configuration.residual, !configuration.residual],
    ['dropout', configuration.dropout, configuration.dropout === 0],
    ['frozen', configuration.frozen, configuration.frozen.length === 0],
    ['optimizer.name', optimizer.name, optimizer.name in optimizers],
    ['regularization.l1', regularization.l1, regularization.l1 === 0],
    ['gradientClip', configuration.gradientClip, configuration.gradientClip === null],
  ];
  const first = fields.find(([, , supported]) => !supported);
  return first === undefined ? null : { path: first[0], value: first[1] };
}
