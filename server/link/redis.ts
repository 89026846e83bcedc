/**
 * The link over Redis or Valkey: published messages, which nothing keeps. Two connections, since one that listens can do nothing
 * else. What cannot be said now is not said later: the one who should have heard it looks into the store anyway.
 */
import { createClient, type RedisClientOptions } from 'redis';
import type { Channel, Hear, Link } from './link.ts';
import { readLetter, type Said, writeLetter } from './messages.ts';

/** How long it may take to connect, and how often a connection is tried out, in ms; one that is silent three times is broken. */
const PATIENCE_MS = 3000;
const RETRY_MS = { first: 100, most: 1000 } as const;

export type LinkLog = {
  readonly info: (fields: object, text: string) => void;
  readonly warn: (fields: object, text: string) => void;
};

/** Connects the server with that id; rejects with a sentence for people where nothing answers. */
export async function openRedis(url: string, server: string, log: LinkLog): Promise<Link> {
  const options: RedisClientOptions = {
    url,
    pingInterval: PATIENCE_MS,
    socket: {
      connectTimeout: PATIENCE_MS,
      socketTimeout: 3 * PATIENCE_MS,
      // The first attempt tells whether the setting is right; a link that once stood comes back.
      reconnectStrategy: (retries) => hasStood && Math.min(RETRY_MS.first * 2 ** retries, RETRY_MS.most),
    },
  };
  const client = createClient({ ...options, disableOfflineQueue: true });
  const listener = createClient(options);
  const channels = new Map<string, Hear>();
  const back: (() => void)[] = [];
  let hasStood = false;

  const hear = (message: string, name: string): void => {
    const letter = readLetter(message);
    if (letter !== null && letter.from !== server) channels.get(name)?.(letter.from, letter.said);
  };
  const tell = (room: string, said: Said): void => {
    // Told to nobody while there is no connection.
    client.publish(nameOf(room), writeLetter(server, said)).catch(() => undefined);
  };
  /** Where the connection breaks meanwhile, everything that is wanted is asked for again with the next one. */
  const listen = (name: string): void => void listener.subscribe(name, hear).catch(() => undefined);
  const open = (room: string, heard: Hear): Channel => {
    const name = nameOf(room);
    channels.set(name, heard);
    listen(name);
    return {
      tell: (said) => tell(room, said),
      close() {
        channels.delete(name);
        listener.unsubscribe(name, hear).catch(() => undefined);
      },
    };
  };

  for (const one of [client, listener]) {
    let isBroken = false;
    one.on('error', (error: Error) => {
      if (hasStood && !isBroken) log.warn({ error: error.message }, 'Redis cannot be reached');
      isBroken = true;
    });
    one.on('ready', () => {
      if (isBroken) log.info({}, 'Redis can be reached again');
      isBroken = false;
    });
  }
  try {
    await client.connect();
    await listener.connect();
  } catch (error) {
    client.destroy();
    listener.destroy();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Redis at ${new URL(url).host} cannot be reached (${reason}); check REDIS_URL.`);
  }
  hasStood = true;
  listener.on('ready', () => {
    for (const name of channels.keys()) listen(name);
    for (const work of back) work();
  });
  return {
    open,
    tell,
    isUp: () => client.isReady && listener.isReady,
    whenBack: (work) => void back.push(work),
    async check() {
      if (!listener.isReady) throw new Error('the connection that listens is away');
      await client.ping();
    },
    async close() {
      await Promise.all([client, listener].map((one) => (one.isReady ? one.close() : Promise.resolve(one.destroy()))));
    },
  };
}

/** Rooms have random ids, so that labs may share a Redis. */
const nameOf = (room: string): string => `deltaroom:room:${room}`;
