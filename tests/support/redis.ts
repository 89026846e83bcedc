/** A Redis or Valkey for tests, on a free port of this machine, that keeps nothing. Where there is none, `noRedis` says why. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';

const program = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => ['redis-server', 'valkey-server'].map((name) => join(folder, name)))
  .find((file) => existsSync(file));

/** Why there can be no Redis here; undefined where there can. */
export const noRedis =
  program === undefined ? 'no redis-server and no valkey-server: apt-get install redis-server' : undefined;

export class TestRedis {
  readonly url: string;
  readonly #port: number;
  #child: ChildProcess | null = null;

  private constructor(port: number) {
    this.#port = port;
    this.url = `redis://127.0.0.1:${port}`;
  }

  static async start(): Promise<TestRedis> {
    const redis = new TestRedis(await freePort());
    await redis.begin();
    return redis;
  }

  /** Starts it on its port, and waits until it takes connections. */
  async begin(): Promise<void> {
    const settings = { port: String(this.#port), bind: '127.0.0.1', save: '', appendonly: 'no', dir: tmpdir() };
    const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(program ?? '', options, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('close', (code) => reject(new Error(`Redis ended with ${code}`)));
      createInterface(child.stdout).on('line', (line) => {
        if (line.includes('eady to accept connections')) resolve();
      });
    });
  }

  /** Has it hang, or go on: it takes what is sent, and says nothing. */
  hang(isToHang: boolean): void {
    this.#child?.kill(isToHang ? 'SIGSTOP' : 'SIGCONT');
  }

  /** Kills it, and waits until it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#child = null;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
