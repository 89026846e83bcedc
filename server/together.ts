/**
 * What a server has in common with others of the same lab, as its settings say: an embedded store of its own, or a PostgreSQL that
 * they share, and a Redis by which they hear of each other at once.
 */
import type { Config } from './config.ts';
import type { Link } from './link/link.ts';
import { type LinkLog, openRedis } from './link/redis.ts';
import { type Database, openDatabase } from './store/database.ts';
import { lockFolder } from './store/lock.ts';
import { openPostgres, placeOf } from './store/postgres.ts';

export type Together = {
  readonly database: Database;
  /** Whether other servers may write to the database too. */
  readonly isShared: boolean;
  readonly link: Link | null;
  /** Looks whether it is known now who is connected to any server of the lab. */
  readonly knowsWhoIsHere: () => boolean;
  /** Has the store looked at from time to time, so that this is known; rejects where it is away. */
  readonly look: () => Promise<void>;
  /** Where the data is, as a person is told. */
  readonly place: string;
  readonly close: () => Promise<void>;
};

/** After so long every server that can be heard has said who is connected to it, in ms. */
const HEARD_MS = 5000;

/** Opens what the settings name, for the server with that id; rejects with a sentence for people where it cannot. */
export async function openTogether(config: Config, server: string, log: LinkLog): Promise<Together> {
  const { dataDir, databaseUrl, redisUrl } = config;
  return databaseUrl === null ? openAlone(dataDir) : openShared(databaseUrl, redisUrl, server, log);
}

async function openAlone(folder: string): Promise<Together> {
  const unlock = lockFolder(folder);
  const database = await openDatabase(folder);
  return {
    database,
    isShared: false,
    link: null,
    knowsWhoIsHere: () => true,
    look: () => Promise.resolve(),
    place: folder,
    async close() {
      await database.destroy();
      unlock();
    },
  };
}

async function openShared(url: string, redisUrl: string | null, server: string, log: LinkLog): Promise<Together> {
  const { database, isAlone } = await openPostgres(url, server, log);
  let link: Link | null = null;
  try {
    if (redisUrl !== null) link = await openRedis(redisUrl, server, log);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  let wasAlone = false;
  let backAt = -Infinity;
  link?.whenBack(() => {
    backAt = performance.now();
  });
  const isHeard = ({ isUp }: Link): boolean => isUp() && performance.now() - backAt > HEARD_MS;
  return {
    database,
    isShared: true,
    link,
    knowsWhoIsHere: () => (link === null ? wasAlone : isHeard(link)),
    async look() {
      if (link === null) wasAlone = await isAlone();
    },
    place: `PostgreSQL at ${placeOf(url)}`,
    async close() {
      await link?.close();
      await database.destroy();
    },
  };
}
