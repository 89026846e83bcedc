/** The linter knows the arrows of the house: what is planted here against them is reported, and what follows them is not. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const HOUSE = fileURLToPath(new URL('../..', import.meta.url));

/** Every arrow that must not be, and the other things that a folder must not know: place, line, rule that reports it. */
const FORBIDDEN = [
  ['shared/core/a.ts', "import '../protocol/x.ts';", 'no-restricted-imports'],
  ['shared/core/b.ts', "import '../experiments/x.ts';", 'no-restricted-imports'],
  ['shared/core/c.ts', "import '../../server/x.ts';", 'no-restricted-imports'],
  ['shared/core/d.ts', "import '../../client/x.ts';", 'no-restricted-imports'],
  ['shared/core/e.ts', "import 'zod';", 'no-restricted-imports'],
  ['shared/core/f.ts', "import 'node:fs';", 'no-restricted-imports'],
  ['shared/core/g.ts', "import type { X } from '../protocol/x.ts';\nexport type Y = X;", 'no-restricted-imports'],
  ['shared/core/h.ts', "export const x = () => import('zod');", 'no-restricted-imports'],
  ['shared/core/kernels/a.ts', "import '../../protocol/x.ts';", 'no-restricted-imports'],
  ['shared/core/kernels/b.ts', "import 'zod';", 'no-restricted-imports'],
  ['shared/protocol/a.ts', "import '../experiments/x.ts';", 'no-restricted-imports'],
  ['shared/protocol/b.ts', "import '../../server/x.ts';", 'no-restricted-imports'],
  ['shared/protocol/c.ts', "import '../../client/x.ts';", 'no-restricted-imports'],
  ['shared/protocol/d.ts', "import 'react';", 'no-restricted-imports'],
  ['shared/protocol/e.ts', "import 'node:crypto';", 'no-restricted-imports'],
  ['shared/protocol/f.ts', "import 'socket.io';", 'no-restricted-imports'],
  ['shared/protocol/g.ts', "import '../../tests/support/x.ts';", 'no-restricted-imports'],
  ['shared/experiments/a.ts', "import '../../server/x.ts';", 'no-restricted-imports'],
  ['shared/experiments/b.ts', "import '../../client/x.ts';", 'no-restricted-imports'],
  ['shared/experiments/c.ts', "import 'react';", 'no-restricted-imports'],
  ['shared/experiments/d.ts', "import 'zod';", 'no-restricted-imports'],
  ['shared/verify/a.ts', "import '../../server/x.ts';", 'no-restricted-imports'],
  ['shared/words/a.ts', "import '../../client/x.ts';", 'no-restricted-imports'],
  ['shared/training/a.ts', "import '../serving/x.ts';", 'no-restricted-imports'],
  ['shared/training/b.ts', "import '../../server/x.ts';", 'no-restricted-imports'],
  ['shared/training/c.ts', "import 'node:worker_threads';", 'no-restricted-imports'],
  ['shared/training/d.ts', 'export const x = () => setTimeout(() => undefined, 1);', 'no-restricted-globals'],
  ['shared/serving/a.ts', "import '../../server/x.ts';", 'no-restricted-imports'],
  ['shared/serving/b.ts', "import '../../client/x.ts';", 'no-restricted-imports'],
  ['shared/serving/c.ts', "import 'node:timers/promises';", 'no-restricted-imports'],
  ['shared/serving/d.ts', "import '../experiments/x.ts';", 'no-restricted-imports'],
  ['server/a.ts', "import '../client/x.ts';", 'no-restricted-imports'],
  ['server/rooms/a.ts', "import '../../client/x.ts';", 'no-restricted-imports'],
  ['server/b.ts', "import '../tests/x.ts';", 'no-restricted-imports'],
  ['server/c.ts', "import 'node:process';", 'no-restricted-imports'],
  ['server/d.ts', 'export const x = process.env;', 'no-restricted-globals'],
  ['client/a.ts', "import '../server/x.ts';", 'no-restricted-imports'],
  ['client/plots/a.ts', "import '../../server/x.ts';", 'no-restricted-imports'],
  ['client/b.ts', "import '../tests/x.ts';", 'no-restricted-imports'],
  ['client/c.ts', "import 'node:fs';", 'no-restricted-imports'],
  ['shared/core/i.ts', 'export const x = Math.random();', 'no-restricted-properties'],
  ['shared/core/j.ts', 'export const x = Math.exp(1);', 'no-restricted-properties'],
  ['shared/protocol/h.ts', 'export const x = Date.now();', 'no-restricted-globals'],
  ['shared/experiments/e.ts', 'export const x = performance.now();', 'no-restricted-globals'],
  ['shared/protocol/i.ts', 'export const x = process.env;', 'no-restricted-globals'],
  ['server/e.ts', 'export default 1;', 'no-default-export'],
  ['server/f.ts', 'export let x: any;', 'no-explicit-any'],
  ['server/g.ts', 'export const x = (y?: string) => y!;', 'no-non-null-assertion'],
  ['server/h.ts', 'const x = async () => 1;\nexport const y = () => { x(); };', 'no-floating-promises'],
  ['server/ring/a.ts', "import { b } from './b.ts';\nexport const a = () => b;", 'no-cycle'],
] as const;

const ALLOWED = [
  ['shared/core/z.ts', "import './x.ts';\nexport const z = (a: Float64Array) => a[0]!;"],
  ['shared/core/kernels/z.ts', "import '../x.ts';\nimport './x.ts';"],
  ['shared/protocol/z.ts', "import 'zod';\nimport '../core/x.ts';\nimport './x.ts';"],
  ['shared/experiments/z.ts', "import '../core/x.ts';\nimport '../protocol/x.ts';"],
  ['shared/training/z.ts', "import '../core/x.ts';\nimport '../protocol/x.ts';\nimport './x.ts';"],
  ['shared/serving/z.ts', "import 'zod';\nimport '../protocol/x.ts';\nimport '../training/x.ts';"],
  ['server/z.ts', "import 'node:fs';\nimport 'express';\nimport '../shared/protocol/x.ts';\nimport './x.ts';"],
  ['server/main.ts', 'export const z = process.env;'],
  ['server/cli/z.ts', "import '../../shared/core/x.ts';\nexport const z = process.argv;"],
  ['client/z.ts', "import 'react-dom/server';\nimport '../shared/experiments/x.ts';\nimport './x.ts';"],
  ['tests/z.ts', "import '../server/x.ts';\nimport '../client/x.ts';\nimport '../shared/core/x.ts';"],
] as const;

let folder = '';
let reports = new Map<string, string[]>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltaroom-arrows-'));
  await copyFile(join(HOUSE, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  // The settings of the house, but for the types of packages, of which there are none here.
  const settings = {
    extends: join(HOUSE, 'tsconfig.json'),
    compilerOptions: { types: [] },
    include: ['.'],
    exclude: [],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const ring = ['server/ring/b.ts', "import { a } from './a.ts';\nexport const b = () => a;"] as const;
  for (const [place, line] of [...FORBIDDEN, ...ALLOWED, ring]) {
    await mkdir(dirname(join(folder, place)), { recursive: true });
    await writeFile(join(folder, place), `${line}\n`);
  }
  reports = await lint(folder);
});

afterAll(() => rm(folder, { recursive: true }));

test.for(FORBIDDEN)('in %s, %j is reported by %s', ([place, , rule]) => {
  expect(reports.get(place)).toEqual([rule]);
});

test.for(ALLOWED)('in %s, %j is in order', ([place]) => {
  expect(reports.get(place)).toBeUndefined();
});

/** Runs the linter as the gate does, and collects the names of the rules that spoke, by file. */
async function lint(root: string): Promise<Map<string, string[]>> {
  const oxlint = join(HOUSE, 'node_modules/.bin/oxlint');
  const output = await new Promise<string>((resolve, reject) => {
    const options = { cwd: root, maxBuffer: 1 << 26 };
    execFile(process.execPath, [oxlint, '--type-aware', '--format', 'json'], options, (_error, stdout, stderr) => {
      // It leaves with 1 where it has something to report, which is what is wanted here.
      if (stdout.startsWith('{')) resolve(stdout);
      else reject(new Error(stdout + stderr));
    });
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: { filename: string; code: string }[] };
  const byFile = Map.groupBy(diagnostics, ({ filename }) => filename);
  return new Map(
    Array.from(byFile, ([file, found]) => [file, found.map(({ code }) => /\((.+)\)/.exec(code)?.[1] ?? code)]),
  );
}
