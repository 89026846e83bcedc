/**
 * Admission: who a connection or a request comes from. Everything about identity is settled here, from secrets, never from
 * what a later message says.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { PROTOCOL_VERSION, type Handshake, handshake } from '../../shared/protocol/wire.ts';
import { accepted, refused, type Result } from '../../shared/protocol/refusal.ts';
import { describeIssue, quote } from '../../shared/protocol/schema-errors.ts';
import { entryOf } from '../../shared/protocol/merge-people.ts';
import type { PersonId } from '../../shared/protocol/state.ts';
import type { RoomLog } from '../store/events.ts';
import type { OpenRoom, Registry } from './registry.ts';
import type { Proofs } from '../../shared/serving/room.ts';
import { Familiar } from './familiar.ts';
import { hashOf, matches, newSecret, readCode } from './secrets.ts';

/** A whole class shares one address, so only failed look-ups count; and all addresses together may not guess faster either. */
const FAILED_LOOKUPS = { points: 20, duration: 60 };
const FAILED_LOOKUPS_OF_ALL = { points: 600, duration: 60 };

export type Admitted = { readonly open: OpenRoom; readonly person: PersonId; readonly token: string };
type From = { readonly people: readonly PersonId[]; readonly proof: Pick<Proofs, 'device'> };
export type Bearer = { readonly open: OpenRoom; readonly who: 'host-key' | PersonId };

export class Admission {
  readonly #registry: Registry;
  readonly #log: RoomLog;
  readonly #now: () => number;
  readonly #failures = new RateLimiterMemory(FAILED_LOOKUPS);
  readonly #failuresOfAll = new RateLimiterMemory(FAILED_LOOKUPS_OF_ALL);
  readonly #familiar = new Familiar();

  constructor(registry: Registry, log: RoomLog, now: () => number) {
    this.#registry = registry;
    this.#log = log;
    this.#now = now;
  }

  /**
   * Finds a room by the code somebody typed. An address that guesses too often learns nothing more for a while, but of rooms to
   * which somebody has come from there: beside whoever guesses, a class comes in undisturbed.
   */
  async room(code: string, address: string): Promise<Result<OpenRoom>> {
    const wait = await this.#wait(address);
    const read = readCode(code);
    const open = read === null ? null : await this.#registry.byCode(read);
    if (wait > 0 && (open === null || !this.#familiar.has(address, open.room.stored.id))) {
      const seconds = Math.ceil(wait / 1000);
      return refused('rate-limited', `too many unknown room codes from your address; wait ${seconds} s`);
    }
    if (open !== null) return accepted(open);
    await Promise.all([this.#failures.penalty(address), this.#failuresOfAll.penalty('all')]);
    return refused('room-not-found', `there is no room ${quote(code)}`, 'code');
  }

  /** A room has been opened from an address, or somebody has come in from there. */
  comes(address: string, room: string): void {
    this.#familiar.add(address, room);
  }

  /** For how many ms an address learns of no strange code. */
  async #wait(address: string): Promise<number> {
    const [own, all] = await Promise.all([this.#failures.get(address), this.#failuresOfAll.get('all')]);
    const ofOwn = own !== null && own.consumedPoints >= FAILED_LOOKUPS.points ? own.msBeforeNext : 0;
    const ofAll = all !== null && all.consumedPoints >= FAILED_LOOKUPS_OF_ALL.points ? all.msBeforeNext : 0;
    return Math.max(ofOwn, ofAll);
  }

  /** Admits a connection: as the person of its token, as a host by the key, or as somebody new under a name. */
  async connection(auth: unknown, address: string): Promise<Result<Admitted>> {
    const result = await this.#connection(auth, address);
    if (result.ok) this.comes(address, result.value.open.room.stored.id);
    return result;
  }

  async #connection(auth: unknown, address: string): Promise<Result<Admitted>> {
    const parsed = parseHandshake(auth);
    if (!parsed.ok) return parsed;
    const { code, token, hostKey, name, role, count } = parsed.value;
    const found = await this.#roomFor(code, token, address);
    if (!found.ok) return found;
    const open = found.value;
    const from = await this.#deviceOf(open, parsed.value.device);
    if (token !== undefined) return this.#returning(open, token, from);
    if (hostKey !== undefined && !matches(hostKey, open.room.stored.hostKeyHash)) {
      return refused('unauthorized', 'the host key does not belong to this room', 'hostKey');
    }
    const fresh = newSecret();
    const as = hostKey === undefined ? (role ?? 'student') : 'host';
    const ack = await open.room.ask(
      { type: 'join', data: { name, role: as, count, device: from.people } },
      { token: hashOf(fresh), ...from.proof },
    );
    return ack.ok ? this.#admitted(open, String(ack.result?.['person']), fresh) : ack;
  }

  /** Tells who carries a bearer secret in a room. */
  async bearer(open: OpenRoom, authorization: string | undefined): Promise<Result<Bearer>> {
    const secret = /^Bearer (?<secret>\S{1,200})$/.exec(authorization ?? '')?.groups?.['secret'];
    if (secret === undefined)
      return refused('unauthorized', 'send a person’s token or the host key as Authorization: Bearer');
    const isKey = matches(secret, open.room.stored.hostKeyHash);
    const person = isKey ? null : await this.#personOf(open, secret);
    // Whoever has just joined or done something at another server may ask here next.
    await open.room.catchUp();
    if (isKey) return accepted({ open, who: 'host-key' });
    const entry = person === null ? undefined : entryOf(open.room.state, person);
    return entry?.here === true
      ? accepted({ open, who: entry.id })
      : refused('unauthorized', 'the token belongs to nobody in this room');
  }

  /** Finds a room that has ended for who still has a token of it or its host key; to everybody else it is unknown. */
  async bearerOfEnded(code: string, authorization: string | undefined): Promise<Bearer | null> {
    const read = readCode(code);
    const open = read === null ? null : await this.#registry.endedByCode(read);
    const bearer = open === null ? null : await this.bearer(open, authorization);
    return bearer?.ok === true ? bearer.value : null;
  }

  /** Whoever has a token finds the room also when its code has changed meanwhile, or when the room has ended. */
  async #roomFor(code: string, token: string | undefined, address: string): Promise<Result<OpenRoom>> {
    const identity = token === undefined ? undefined : await this.#log.identity(hashOf(token));
    if (identity === undefined) return this.room(code, address);
    const read = readCode(code);
    const other = read === null ? undefined : await this.#log.findByCode(read);
    return accepted(await this.#registry.byId(other?.id ?? identity.room));
  }

  /** Who has come from a device before, and what is to be kept of it. Its hash differs from room to room. */
  async #deviceOf(open: OpenRoom, device: string | undefined): Promise<From> {
    if (device === undefined) return { people: [], proof: {} };
    const { id } = open.room.stored;
    const hash = hashOf(`${id} ${device}`);
    return { people: await this.#log.peopleOfDevice(id, hash), proof: { device: hash } };
  }

  async #returning(open: OpenRoom, token: string, from: From): Promise<Result<Admitted>> {
    const person = await this.#personOf(open, token);
    if (person === null) return refused('unauthorized', 'the token belongs to nobody in this room', 'token');
    const data = { person, device: from.people };
    const ack = await open.room.ask({ type: 'return', data }, from.people.includes(person) ? {} : from.proof);
    return ack.ok ? this.#admitted(open, String(ack.result?.['person']), token) : ack;
  }

  /** From here until the connection stands, the place is held. */
  #admitted(open: OpenRoom, person: PersonId, token: string): Result<Admitted> {
    open.seats.admitted(person, this.#now());
    return accepted({ open, person, token });
  }

  async #personOf(open: OpenRoom, token: string): Promise<PersonId | null> {
    const identity = await this.#log.identity(hashOf(token));
    return identity?.room === open.room.stored.id ? identity.person : null;
  }
}

function parseHandshake(auth: unknown): Result<Handshake> {
  const version = typeof auth === 'object' && auth !== null && 'protocol' in auth ? auth.protocol : undefined;
  if (version !== PROTOCOL_VERSION) {
    return refused(
      'protocol-unsupported',
      `protocol is ${quote(version)}; this server speaks ${PROTOCOL_VERSION}`,
      'protocol',
    );
  }
  const parsed = handshake.safeParse(auth);
  if (parsed.success) return accepted(parsed.data);
  const [message, path] = describeIssue(parsed.error, auth);
  return refused(path === 'name' ? 'name-invalid' : 'invalid', message, path);
}
