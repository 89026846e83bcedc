/** A socket that sends any text at all: what a well-behaved client library would not let through. */
import type { Refusal } from '../../shared/protocol/refusal.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';

export class RawSocket {
  readonly closed: Promise<void>;
  /** Every packet that came, as it came. */
  readonly heard: string[] = [];
  readonly #socket: WebSocket;
  readonly #acks = new Map<number, (answer: unknown) => void>();
  readonly #admitted = Promise.withResolvers<Refusal | null>();
  #emitted = 0;

  private constructor(url: string) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    this.#socket.addEventListener('message', ({ data }) => this.#heard(String(data)));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#socket.addEventListener('close', () => resolve());
  }

  /** Opens a socket and sends `auth`, the text of a JSON value; resolves with why it was refused, or null. */
  static async connect(url: string, auth: string): Promise<{ socket: RawSocket; refusal: Refusal | null }> {
    const socket = new RawSocket(url);
    await new Promise((resolve, reject) => {
      socket.#socket.addEventListener('open', resolve);
      socket.#socket.addEventListener('error', () => reject(new Error('no connection')));
    });
    socket.text(`40${auth}`);
    const closed = socket.closed.then(() => {
      throw new Error('closed before it was admitted or refused');
    });
    return { socket, refusal: await Promise.race([socket.#admitted.promise, closed]) };
  }

  /** Sends a text as it is. */
  text(packet: string): void {
    this.#socket.send(packet);
  }

  /** Emits an event whose payload is the text of a JSON value, and waits for the ack. */
  emit(event: string, payload: string): Promise<unknown> {
    const id = this.#emitted++;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#acks.set(id, resolve);
    this.text(`42${id}["${event}",${payload}]`);
    return promise;
  }

  command(payload: string): Promise<CommandAck> {
    return this.emit('command', payload) as Promise<CommandAck>;
  }

  close(): void {
    this.#socket.close();
  }

  #heard(packet: string): void {
    this.heard.push(packet);
    const ack = /^43(?<id>\d+)(?<answer>\[.*)$/s.exec(packet)?.groups;
    if (packet === '2') this.text('3');
    else if (packet.startsWith('40')) this.#admitted.resolve(null);
    else if (packet.startsWith('44')) this.#admitted.resolve((JSON.parse(packet.slice(2)) as { data: Refusal }).data);
    else if (ack !== undefined) this.#acks.get(Number(ack['id']))?.((JSON.parse(ack['answer'] ?? '') as unknown[])[0]);
  }
}
