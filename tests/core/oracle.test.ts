/** The core against PyTorch's autograd: the cases of the reference folder beside the checkout, where it is there. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkCase, readCases } from '../../server/cli/oracle.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';

const file = fileURLToPath(new URL('../../../shared/reference/autograd_cases.json', import.meta.url));
const present = existsSync(file);
if (!present) process.stderr.write(`skipped: the oracle's cases, for want of ${file}\n`);

describe('The float64 core', () => {
  test.skipIf(!present && process.env['CI'] !== 'true')(
    'agrees to 1e-9 with every case of the oracle that needs nothing unsupported',
    async () => {
      const cases = await readCases(file);
      const results = cases.map((one) => ({ name: one.name, ...checkCase(one, referenceKernels) }));
      const checked = results.filter((result) => result.kind === 'checked');
      expect(checked.length).toBeGreaterThanOrEqual(7);
      expect(checked.filter((result) => !(result.error <= 1e-9))).toEqual([]);
    },
  );
});
