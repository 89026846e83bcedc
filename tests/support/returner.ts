/**
 * A person whose connection is cut again and again: made of the page's own parts, its log and its outbox, around a socket that
 * comes back by itself.
 */
import { io, type Socket } from 'socket.io-client';
import { LogFollower } from '../../client/room/log.ts';
import { createOutbox, type Outbox } from '../../client/room/outbox.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { RoomState } from '../../shared/protocol/state.ts';
import type { CommandAck, Welcome } from '../../shared/protocol/wire.ts';

export class Returner {
  readonly outbox: Outbox;
  readonly #log = new LogFollower();
  readonly #socket: Socket;
  readonly #applied: number[] = [];
  #you: Welcome['you'] | null = null;
  #cuts = 0;

  private constructor(url: string, auth: object) {
    this.#socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 5,
      reconnectionDelayMax: 40,
      auth: (give) => {
        const { followed } = this.#log;
        const known = followed === null ? {} : { log: followed.log, seq: followed.seq };
        const token = this.#you === null ? {} : { token: this.#you.token };
        give({ protocol: 1, ...auth, ...token, ...known });
      },
    });
    this.outbox = createOutbox(
      (command, within, answer) => {
        this.#socket.timeout(within).emit('command', command, (error: Error | null, ack?: CommandAck) => {
          answer(error === null && ack !== undefined ? ack : null);
        });
      },
      () => undefined,
    );
    this.#socket.on('welcome', (welcome: Welcome) => this.#welcome(welcome));
    this.#socket.on('event', (event: NumberedEvent) => {
      if (this.#log.take(event) === 'gap') this.#askForMissing();
      this.#note();
    });
    this.#socket.on('disconnect', () => this.outbox.hold());
  }

  /** Connects and waits for the first welcome; from then on it is the same person. */
  static async join(url: string, auth: object): Promise<Returner> {
    const person = new Returner(url, auth);
    await new Promise<void>((resolve, reject) => {
      person.#socket.once('welcome', () => resolve());
      person.#socket.once('connect_error', reject);
    });
    return person;
  }

  get id(): string {
    return this.#you?.id ?? '';
  }

  get state(): RoomState {
    const { followed } = this.#log;
    if (followed === null) throw new Error('nothing has been heard yet');
    return followed.state;
  }

  get seq(): number {
    return this.#log.followed?.seq ?? 0;
  }

  /** The numbers of the state after each message, as they came. */
  get applied(): readonly number[] {
    return this.#applied;
  }

  get cuts(): number {
    return this.#cuts;
  }

  /** Cuts the line, as a lost network does; without a line there is nothing to cut, and it does not count. */
  cut(): void {
    if (!this.#socket.connected) return;
    this.#cuts++;
    this.#socket.io.engine.close();
  }

  close(): void {
    this.#socket.disconnect();
  }

  #welcome(welcome: Welcome): void {
    this.#log.welcome(welcome);
    this.#you = welcome.you;
    this.#note();
    this.outbox.resend();
  }

  #askForMissing(): void {
    const { followed } = this.#log;
    if (followed === null) return;
    const ask = { log: followed.log, seq: followed.seq };
    this.#socket.timeout(5000).emit('resume', ask, (error: Error | null, welcome?: Welcome) => {
      if (error === null && welcome !== undefined) this.#welcome(welcome);
    });
  }

  #note(): void {
    if (this.#applied.at(-1) !== this.seq) this.#applied.push(this.seq);
  }
}
