/** What this device holds of a room: the token by which it is the same person again, the host key, the public address. */
import { recall, recallKeys, remember } from '../shell/memory.ts';

export type RoomKeys = {
  readonly token?: string;
  readonly hostKey?: string;
  readonly url?: string;
  /** What the person is called there. */
  readonly name?: string;
};

const place = (code: string, role: 'person' | 'screen'): string => `deltaroom:room:${code}:${role}`;

const textOf = (value: unknown, name: string): string | undefined => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : undefined;
};

/** Reads the keys of a room; the projector's page is a person of its own. */
export function keysOf(code: string, role: 'person' | 'screen' = 'person'): RoomKeys {
  let stored: unknown = null;
  try {
    stored = JSON.parse(recall(place(code, role)) ?? 'null');
  } catch {
    // Something else wrote there; it is as good as nothing.
  }
  const [token, hostKey, url, name] = ['token', 'hostKey', 'url', 'name'].map((key) => textOf(stored, key));
  return {
    ...(token === undefined ? {} : { token }),
    ...(hostKey === undefined ? {} : { hostKey }),
    ...(url === undefined ? {} : { url }),
    ...(name === undefined ? {} : { name }),
  };
}

/** The codes of the rooms whose host this device is, the first one in the alphabet first. */
export const hostedRooms = (): string[] =>
  recallKeys('deltaroom:room:')
    .flatMap((key) => /^deltaroom:room:(?<code>[^:]+):person$/.exec(key)?.groups?.['code'] ?? [])
    .filter((code) => keysOf(code).hostKey !== undefined)
    .toSorted();

/** Forgets everything that this device holds of a room; a host who has kept the link nowhere else cannot come back. */
export function forgetRoom(code: string): void {
  for (const role of ['person', 'screen'] as const) remember(place(code, role), null);
}

/** Adds keys to those of a room. */
export function keep(code: string, keys: RoomKeys, role: 'person' | 'screen' = 'person'): void {
  remember(place(code, role), JSON.stringify({ ...keysOf(code, role), ...keys }));
}

/** Forgets the token of a room: it is no longer valid. */
export function forgetToken(code: string, role: 'person' | 'screen' = 'person'): void {
  const { token: _forgotten, ...rest } = keysOf(code, role);
  remember(place(code, role), JSON.stringify(rest));
}

/** Returns the host key that the address carries, where it does. */
export const hostKeyInAddress = (): string | undefined => /^#host=([\w-]{1,200})$/.exec(location.hash)?.[1];

/** Moves a host key out of the address bar, where it would be seen on a projector, into this device. */
export function takeHostKey(code: string): void {
  const found = hostKeyInAddress();
  if (found === undefined) return;
  keep(code, { hostKey: found });
  history.replaceState(history.state, '', location.pathname + location.search);
}

/** The code by which this page first knew each room, so that a room that gets another code is no other room. */
const firstCodes = new Map<string, string>();
export const firstCodeOf = (code: string): string => firstCodes.get(code) ?? code;

/** Moves what this device holds of a room to the room's new code; the address of the old one is worth nothing any more. */
export function moveKeys(from: string, to: string, role: 'person' | 'screen' = 'person'): void {
  const { url: _old, ...kept } = keysOf(from, role);
  firstCodes.set(to, firstCodeOf(from));
  keep(to, kept, role);
  remember(place(from, role), null);
}

/** Puts a room's code into the address, where another one stands, for a reload and for whoever copies it. */
export function showCodeInAddress(code: string): void {
  const path = location.pathname.replace(/^\/r\/[^/]+/, `/r/${code}`);
  if (path.toUpperCase() !== location.pathname.toUpperCase())
    history.replaceState(history.state, '', path + location.search + location.hash);
}

const devicePlace = 'deltaroom:device';
let deviceOfPage: string | null = null;

/** What this device calls itself to rooms: 128 random bits, made up once, that say nothing about it. */
export function deviceName(): string {
  deviceOfPage ??= recall(devicePlace);
  if (deviceOfPage !== null && /^[0-9a-f]{32}$/.test(deviceOfPage)) return deviceOfPage;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  deviceOfPage = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  remember(devicePlace, deviceOfPage);
  return deviceOfPage;
}
