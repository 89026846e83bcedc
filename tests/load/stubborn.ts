/** Somebody who does not give up: comes back wherever a server answers, and sends what has no answer again, under the same id. */
import { setTimeout as later } from 'node:timers/promises';
import { Person, type RoomTicket } from '../support/person.ts';

const RETRY_MS = 50;

export class Stubborn {
  person: Person;
  readonly #urls: () => readonly string[];
  readonly #room: RoomTicket;
  #coming: Promise<void> | null = null;
  #at = 0;

  private constructor(person: Person, room: RoomTicket, urls: () => readonly string[]) {
    this.person = person;
    this.#room = room;
    this.#urls = urls;
  }

  /** Comes in at the `nth` server. */
  static async come(room: RoomTicket, urls: () => readonly string[], nth: number, auth: object): Promise<Stubborn> {
    const person = await Person.join(urls()[nth % urls().length] ?? '', { code: room.code, ...auth });
    return new Stubborn(person, room, urls);
  }

  /** Sends a command until it has been accepted; throws where it is refused for good. */
  async send(type: string, data: object, id: string): Promise<void> {
    for (;;) {
      if (!this.person.socket.connected) await this.#comeBack();
      const { person } = this;
      // An answer that was on its way when the line broke does not come any more.
      const broken = person.hear('disconnect').then(() => null);
      const ack = await Promise.race([person.send(type, data, id).catch(() => null), broken]);
      if (ack?.ok === true) return;
      if (ack !== null && !['unavailable', 'rate-limited'].includes(ack.error.code))
        throw new Error(`${type} ${id} was refused: ${ack.error.code}, ${ack.error.message}`);
      await later(RETRY_MS);
    }
  }

  /** Has all events up to a number, as a fresh connection gets those that a dead server did not send. */
  async catchUp(seq: number): Promise<void> {
    while (this.person.seq < seq) {
      await later(RETRY_MS);
      if (!this.person.socket.connected) await this.#comeBack();
    }
  }

  /** Tries one server after the other, with what is known already. */
  #comeBack(): Promise<void> {
    this.#coming ??= this.#come().finally(() => (this.#coming = null));
    return this.#coming;
  }

  async #come(): Promise<void> {
    const { token, state, seq, welcome } = this.person;
    for (;;) {
      const urls = this.#urls();
      const auth = { code: this.#room.code, token, log: welcome.log, seq };
      const back = await Person.join(urls[this.#at++ % urls.length] ?? '', auth, { seen: { state, seq } }).catch(
        () => null,
      );
      if (back !== null) {
        this.person = back;
        return;
      }
      await later(RETRY_MS);
    }
  }
}
