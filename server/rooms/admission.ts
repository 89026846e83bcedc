/**
 * Admission: who a connection or a request comes from. Everything about identity is settled here, from secrets, never from
 * what a later message says.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { PROTOCOL_VERSION, type Handshake, handshake } from '../../shared/protocol/wire.ts';
import { accepted, refused, type Result } from '../../shared/protocol/refusal.ts';
import { describeIssue, quote } from '../../shared/protocol/schema-errors.ts';
import { lookUp, type PersonId } from '../../shared/protocol/state.ts';
import type { RoomLog } from '../store/events.ts';
import type { OpenRoom, Registry } from './registry.ts';
import { hashOf, matches, newSecret, readCode } from './secrets.ts';

/** A whole class shares one address, so only failed look-ups count. */
const FAILED_LOOKUPS = { points: 20, duration: 60 };

export type Admitted = { readonly open: OpenRoom; readonly person: PersonId; readonly token: string };
export type Bearer = { readonly open: OpenRoom; readonly who: 'host-key' | PersonId };

export class Admission {
  readonly #registry: Registry;
  readonly #log: RoomLog;
  readonly #failures = new RateLimiterMemory(FAILED_LOOKUPS);

  constructor(registry: Registry, log: RoomLog) {
    this.#registry = registry;
    this.#log = log;
  }

  /** Finds a room by the code somebody typed; an address that guesses too often has to wait. */
  async room(code: string, address: string): Promise<Result<OpenRoom>> {
    const failures = await this.#failures.get(address);
    if (failures !== null && failures.consumedPoints >= FAILED_LOOKUPS.points) {
      return refused(
        'rate-limited',
        `too many unknown room codes from your address; wait ${Math.ceil(failures.msBeforeNext / 1000)} s`,
      );
    }
    const read = readCode(code);
    const open = read === null ? null : await this.#registry.byCode(read);
    if (open !== null) return accepted(open);
    await this.#failures.penalty(address);
    return refused('room-not-found', `there is no room ${quote(code)}`, 'code');
  }

  /** Admits a connection: as the person of its token, as a host by the key, or as somebody new under a name. */
  async connection(auth: unknown, address: string): Promise<Result<Admitted>> {
    const parsed = parseHandshake(auth);
    if (!parsed.ok) return parsed;
    const { code, token, hostKey, name, role } = parsed.value;
    const found = await this.room(code, address);
    if (!found.ok) return found;
    const open = found.value;
    if (token !== undefined) return this.#returning(open, token);
    if (hostKey !== undefined && !matches(hostKey, open.room.stored.hostKeyHash)) {
      return refused('unauthorized', 'the host key does not belong to this room', 'hostKey');
    }
    const fresh = newSecret();
    const as = hostKey === undefined ? (role ?? 'student') : 'host';
    const ack = await open.room.ask({ type: 'join', data: { name, role: as } }, hashOf(fresh));
    return ack.ok ? accepted({ open, person: String(ack.result?.['person']), token: fresh }) : ack;
  }

  /** Tells who carries a bearer secret in a room. */
  async bearer(open: OpenRoom, authorization: string | undefined): Promise<Result<Bearer>> {
    const secret = /^Bearer (?<secret>\S{1,200})$/.exec(authorization ?? '')?.groups?.['secret'];
    if (secret === undefined)
      return refused('unauthorized', 'send a person’s token or the host key as Authorization: Bearer');
    if (matches(secret, open.room.stored.hostKeyHash)) return accepted({ open, who: 'host-key' });
    const person = await this.#personOf(open, secret);
    const here = person !== null && lookUp(open.room.state.people, person)?.here === true;
    return !here
      ? refused('unauthorized', 'the token belongs to nobody in this room')
      : accepted({ open, who: person });
  }

  async #returning(open: OpenRoom, token: string): Promise<Result<Admitted>> {
    const person = await this.#personOf(open, token);
    if (person === null) return refused('unauthorized', 'the token belongs to nobody in this room', 'token');
    const ack = await open.room.ask({ type: 'return', data: { person } });
    return ack.ok ? accepted({ open, person, token }) : ack;
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
