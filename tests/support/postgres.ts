/**
 * A PostgreSQL for tests: the system's own binaries on a folder of its own, reached through a socket in that folder, so that it
 * needs no port and meets no other. Where there are none, `noPostgres` says why.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';

const VERSIONS = '/usr/lib/postgresql';
const bin = existsSync(VERSIONS)
  ? readdirSync(VERSIONS)
      .toSorted((a, b) => Number(b) - Number(a))
      .map((version) => join(VERSIONS, version, 'bin'))
      .find((folder) => existsSync(join(folder, 'initdb')))
  : undefined;

/** Why there can be no PostgreSQL here; undefined where there can. */
export const noPostgres = bin === undefined ? `no PostgreSQL in ${VERSIONS}: apt-get install postgresql` : undefined;

/** It refuses to run as root. */
const user = (): { uid: number; gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
};

export class TestPostgres {
  readonly #folder: string;
  #child: ChildProcess | null = null;
  #databases = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<TestPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'deltaroom-pg-'));
    const as = user();
    if (as !== undefined) chownSync(folder, as.uid, as.gid);
    const options = ['--auth=trust', '--username=lab', '--no-sync', '--no-locale', '--encoding=UTF8'];
    execFileSync(join(bin ?? '', 'initdb'), [...options, '-D', join(folder, 'data')], { ...as, stdio: 'pipe' });
    const postgres = new TestPostgres(folder);
    await postgres.begin();
    return postgres;
  }

  /** Makes a database of its own and returns its URL. */
  async database(): Promise<string> {
    const name = `lab_${++this.#databases}`;
    await this.run('postgres', `create database ${name}`);
    return this.#url(name);
  }

  /** Asks a database something, beside the lab. */
  async run(name: string, query: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: name.includes(':') ? name : this.#url(name) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(query)).rows;
    } finally {
      await client.end();
    }
  }

  /** Starts it on its folder, and waits until it takes connections. What a killed one has left may still be in its way. */
  async begin(): Promise<void> {
    while (!(await this.#attempt()));
  }

  /** Kills it as a power cut does, and waits until it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#child = null;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #url(name: string): string {
    return `postgres:///${name}?host=${this.#folder}&user=lab`;
  }

  /** Whether it has come up. */
  #attempt(): Promise<boolean> {
    // What it promises to keep over a crash of its own it keeps without waiting for the disk.
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${this.#folder}`,
      'fsync=off',
      'max_connections=80',
    ];
    const options = settings.flatMap((setting) => ['-c', setting]);
    const child = spawn(join(bin ?? '', 'postgres'), ['-D', join(this.#folder, 'data'), ...options], {
      ...user(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    return new Promise((resolve) => {
      child.once('close', () => resolve(false));
      createInterface(child.stderr).on('line', (line) => {
        if (line.includes('ready to accept connections')) resolve(true);
      });
    });
  }
}
