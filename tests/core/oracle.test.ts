/** The core against PyTorch's autograd in float64: the small networks of autograd_cases.json. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkCase, readCases } from '../../server/cli/oracle.ts';
import { kernelsFor } from '../../server/data/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';

const file = fileURLToPath(new URL('./autograd_cases.json', import.meta.url));

describe('The float64 core', () => {
  test('agrees to 1e-9 with every case of the oracle', async () => {
    const cases = await readCases(file);
    const results = cases.map((one) => ({ name: one.name, ...checkCase(one, () => referenceKernels) }));
    expect(results).toHaveLength(21);
    expect(results.filter((result) => !(result.error <= 1e-9))).toEqual([]);
  });
});

describe('The kernels that a run is trained with', () => {
  test('agree to 2e-6 with every case of the oracle', async () => {
    const cases = await readCases(file);
    const results = cases.map((one) => ({ name: one.name, ...checkCase(one, kernelsFor) }));
    expect(results.filter((result) => !(result.error <= 2e-6))).toEqual([]);
  });
});
