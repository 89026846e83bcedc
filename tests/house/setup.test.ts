/** What happens before a command runs: packages are installed and targets built exactly when they have to be. */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type * as NodeModule from '../../server/setup/node.cjs';

const HOUSE = fileURLToPath(new URL('../..', import.meta.url));

/** Stands in for npm: notes the call and installs by writing npm's own record, a builder, and perhaps a Node.js. */
const NPM = `
const fs = require('fs');
const has = (name) => fs.existsSync(name);
const before = has('calls') ? fs.readFileSync('calls', 'utf8') : '';
fs.appendFileSync('calls', 'npm ' + process.argv.slice(2, 3) + '\\n');
while (has('npm-waits')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
console.log('what npm says');
if (has('npm-fails')) process.exit(7);
const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
delete packages[''];
fs.rmSync('node_modules', { recursive: true, force: true });
for (const place of Object.keys(packages)) {
  const { os, bin } = packages[place];
  const leftOut = place.endsWith('needs-newer') && before === '';
  if ((os && !os.includes(process.platform)) || leftOut) delete packages[place];
  else if (bin) {
    fs.mkdirSync(place, { recursive: true });
    fs.symlinkSync(process.execPath, place + '/' + bin.node);
  }
}
fs.mkdirSync('node_modules/.bin', { recursive: true });
fs.mkdirSync('node_modules/vite/bin', { recursive: true });
fs.copyFileSync('vite-double.js', 'node_modules/vite/bin/vite.js');
fs.mkdirSync('node_modules/assemblyscript/bin', { recursive: true });
fs.copyFileSync('asc-double.js', 'node_modules/assemblyscript/bin/asc.js');
fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
`;

/** Stands in for Vite: notes the call and makes a page that says what it was made from. */
const VITE = `
const fs = require('fs');
fs.appendFileSync('calls', 'vite build\\n');
console.log('what vite says');
const page = fs.readFileSync('client/index.html', 'utf8');
if (page === 'broken') process.exit(1);
const folder = process.argv[process.argv.indexOf('--outDir') + 1];
fs.mkdirSync(folder, { recursive: true });
fs.writeFileSync(folder + '/index.html', page);
`;

/** Stands in for the AssemblyScript compiler: makes a module that says what it was made from. */
const ASC = `
const fs = require('fs');
const path = require('path');
const file = process.argv[process.argv.indexOf('--outFile') + 1];
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.copyFileSync(process.argv[2], file);
`;

const LOCKED = {
  '': { name: 'deltaroom' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/tool': { version: '1.0.0', integrity: 'sha512-tool', dev: true },
  'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-e', optional: true, os: ['plan9'] },
};
const HERE = { version: '1.0.0', integrity: 'sha512-h', optional: true, os: [process.platform] };

test('a fresh clone is installed once, and standard output stays empty', async () => {
  const project = await newProject();
  const first = await project.prepare('lab');
  expect(first).toMatchObject({ code: 0, stdout: '' });
  expect(first.stderr).toContain('Installing packages');
  expect(first.stderr).toContain('what npm says');
  expect(await project.prepare('lab')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await project.prepare('dev')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await project.calls()).toEqual(['npm ci']);
});

test('a changed lockfile is installed anew', async () => {
  const project = await newProject();
  await project.prepare('lab');
  await project.lock({ ...LOCKED, 'node_modules/a': { version: '1.1.0', integrity: 'sha512-b' } });
  await project.prepare('lab');
  expect(await project.calls()).toEqual(['npm ci', 'npm ci']);
});

test('an installation made by hand is adopted where it agrees with the lockfile, and replaced where it does not', async () => {
  const project = await newProject();
  await project.npmByHand();
  await project.prepare('dev');
  expect(await project.calls()).toEqual(['npm ci']);
  await project.npmByHand();
  await project.lock({ ...LOCKED, 'node_modules/more': { version: '1.0.0', integrity: 'sha512-m' } });
  await project.prepare('dev');
  expect(await project.calls()).toEqual(['npm ci', 'npm ci', 'npm ci']);
});

test('an installation without the tools of development will do for the lab, and not for the tests', async () => {
  const project = await newProject();
  await project.npmByHand();
  const { 'node_modules/a': a } = LOCKED;
  await project.write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': a } }));
  await project.prepare('lab');
  expect(await project.calls()).toEqual(['npm ci']);
  await project.prepare('test');
  expect(await project.calls()).toContain('vite build');
  expect((await project.calls()).filter((call) => call === 'npm ci')).toHaveLength(2);
});

test("what an older npm leaves out is installed on the project's own Node.js, which the next script then finds", async () => {
  const project = await newProject();
  await project.lock({
    ...LOCKED,
    'node_modules/node-here': { ...HERE, cpu: [process.arch], bin: { node: 'node' } },
    'node_modules/needs-newer': HERE,
  });
  expect(await project.prepare('lab')).toMatchObject({ code: 0 });
  expect(await project.calls()).toEqual(['npm ci', 'npm ci']);
  expect(await readdir(join(project.folder, 'node_modules/.bin'))).toEqual(['node']);
  expect(await project.prepare('lab')).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('a failing npm ends the command with one sentence', async () => {
  const project = await newProject();
  await project.write('npm-fails', '');
  const { code, stderr } = await project.prepare('start');
  expect(code).toBe(1);
  expect(stderr.trim().split('\n').at(-1)).toBe(
    'The packages could not be installed: "npm ci" ended with code 7; what it says stands above.',
  );
  expect(await project.calls()).toEqual(['npm ci']);
});

test('two commands at once install once', async () => {
  const project = await newProject();
  await project.write('npm-waits', '');
  const first = project.prepare('lab');
  await expect.poll(project.calls).toEqual(['npm ci']);
  let heard = '';
  const second = project.prepare('lab', (text) => (heard += text));
  await expect.poll(() => heard).toMatch(/process \d+\) is setting this folder up; waiting for it\./);
  await rm(join(project.folder, 'npm-waits'));
  expect([(await first).code, (await second).code]).toEqual([0, 0]);
  expect(await project.calls()).toEqual(['npm ci']);
  expect((await readdir(project.folder)).filter((name) => name.startsWith('.setup-lock'))).toEqual([]);
});

test('the lock of a dead process is taken over', async () => {
  const project = await newProject();
  await project.write(`.setup-lock/${await deadProcess()}`, '');
  expect(await project.prepare('lab')).toMatchObject({ code: 0 });
  expect(await project.calls()).toEqual(['npm ci']);
});

test('a lock whose number belongs to some other program by now is taken over', async () => {
  const project = await newProject();
  await project.write(`.setup-lock/${process.pid}`, '');
  expect(await project.prepare('lab')).toMatchObject({ code: 0 });
});

test('the page is built when it is missing or its sources changed, and not otherwise', async () => {
  const project = await newProject();
  expect(await project.prepare('start')).toMatchObject({ code: 0, stdout: '' });
  expect(await project.prepare('start')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await project.calls()).toEqual(['npm ci', 'vite build']);
  await project.write('client/index.html', 'new');
  await project.prepare('test');
  expect(await readFile(join(project.folder, 'dist/client/index.html'), 'utf8')).toBe('new');
  await rm(join(project.folder, 'dist/client'), { recursive: true });
  await project.prepare('start');
  expect(await project.calls()).toEqual(['npm ci', 'vite build', 'vite build', 'vite build']);
});

test.each(['start', 'test', 'build', 'dev', 'lab', 'bench'])(
  'the kernels of `%s` are those of their sources',
  async (command) => {
    const project = await newProject();
    const built = () => readFile(join(project.folder, 'dist/kernels/network.wasm'), 'utf8');
    await project.prepare(command);
    expect(await built()).toBe('old kernels');
    await project.write('shared/core/kernels/assembly/index.ts', 'new kernels');
    expect(await project.prepare(command)).toMatchObject({ code: 0, stdout: '' });
    expect(await built()).toBe('new kernels');
  },
);

test('a failing build ends the command with one sentence, keeps the page there was, and is tried again', async () => {
  const project = await newProject();
  await project.prepare('start');
  await project.write('client/index.html', 'broken');
  for (const attempt of [1, 2]) {
    const { code, stderr } = await project.prepare('start');
    expect({ attempt, code }).toEqual({ attempt, code: 1 });
    expect(stderr.trim().split('\n').at(-1)).toBe(
      'Building the page failed (code 1); what the build says stands above.',
    );
    expect(await readFile(join(project.folder, 'dist/client/index.html'), 'utf8')).toBe('old');
  }
});

test('a Node.js that is too old is refused with one sentence only where the packages bring none', () => {
  const { expectRuntime } = createRequire(import.meta.url)('../../server/setup/node.cjs') as typeof NodeModule;
  const lockfile = { packages: { 'node_modules/n': { os: ['linux'], cpu: ['x64'], bin: { node: 'bin/node' } } } };
  const linux = { os: 'linux', cpu: 'x64', libc: 'glibc' };
  const other = { os: 'freebsd', cpu: 'arm64', libc: undefined };
  expect(() => expectRuntime(lockfile, linux, 'v20.20.2')).not.toThrow();
  expect(() => expectRuntime(lockfile, other, 'v26.0.0')).not.toThrow();
  expect(() => expectRuntime(lockfile, other, 'v20.20.2')).toThrow(
    'Deltaroom runs on Node.js 26 or newer, which it brings along for the usual platforms, but for freebsd-arm64 it has ' +
      'none that runs and the Node.js of this system is v20.20.2: install Node.js 26 or newer from https://nodejs.org.',
  );
});

type Outcome = { code: number | null; stdout: string; stderr: string };

/** Makes a project of the set-up scripts, a lockfile and the stand-ins, in a folder that goes with the test. */
async function newProject() {
  const folder = await mkdtemp(join(tmpdir(), 'deltaroom-setup-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(join(HOUSE, 'server/setup'), join(folder, 'server/setup'), { recursive: true });
  const project = {
    folder,
    async write(place: string, content: string) {
      await mkdir(join(folder, place, '..'), { recursive: true });
      await writeFile(join(folder, place), content);
    },
    lock: (packages: object) => project.write('package-lock.json', JSON.stringify({ packages })),
    calls: async () =>
      (await readFile(join(folder, 'calls'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
    prepare: (command: string, onStderr?: (text: string) => void) =>
      run([join(folder, 'server/setup/prepare.cjs'), command], folder, onStderr),
    npmByHand: () => run([join(folder, 'npm-cli.js'), 'ci'], folder),
  };
  await project.lock(LOCKED);
  await project.write('npm-cli.js', NPM);
  await project.write('vite-double.js', VITE);
  await project.write('asc-double.js', ASC);
  await project.write('client/index.html', 'old');
  await project.write('shared/core/kernels/assembly/index.ts', 'old kernels');
  await project.write('shared/core/kernels/assembly/peak.ts', '');
  await project.write('tsconfig.json', '{}');
  return project;
}

function run(args: string[], folder: string, onStderr?: (text: string) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const env = {
      PATH: process.env.PATH,
      npm_execpath: join(folder, 'npm-cli.js'),
      npm_node_execpath: process.execPath,
    };
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const outcome: Outcome = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (outcome.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      outcome.stderr += chunk.toString();
      onStderr?.(chunk.toString());
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...outcome, code }));
  });
}

/** Gives the id of a process that ran and ended. */
function deadProcess(): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', () => resolve(child.pid ?? 0));
  });
}
