/**
 * A network in memory in place of socket.io: connections whose two directions are queues, each in order, that deliver only when
 * told to. It has of socket.io's server what the socket edge uses of it, and an end for clients.
 */
import type { LabServer } from '../../server/sockets.ts';

/** What travels. Payloads are text, as on a wire, so that neither end holds what the other one changes. */
type ToServer =
  | { readonly kind: 'connect'; readonly auth: string }
  | { readonly kind: 'event'; readonly name: string; readonly payload: string; readonly ack: number | null };
type ToClient =
  | { readonly kind: 'connected' }
  | { readonly kind: 'refused'; readonly payload: string }
  | { readonly kind: 'event'; readonly name: string; readonly payload: string }
  | { readonly kind: 'ack'; readonly ack: number; readonly payload: string }
  | { readonly kind: 'closed' };

/** Sees every message that leaves the server, before anybody has it. */
export type Watch = (socket: ServerSocket, name: string, payload: string) => void;

export class Connection {
  readonly toServer: ToServer[] = [];
  readonly toClient: ToClient[] = [];
  /** Whether the client's end is gone; the server may not know it yet. */
  clientGone = false;
  serverGone = false;
  readonly #network: Network;
  socket: ServerSocket | null = null;
  hear: (message: ToClient) => void = () => undefined;

  constructor(network: Network) {
    this.#network = network;
  }

  /** Brings the next message to the server. */
  deliverToServer(): void {
    const message = this.toServer.shift();
    if (message === undefined || this.serverGone) return;
    if (message.kind === 'connect') return this.#network.arrive(this, JSON.parse(message.auth) as object);
    const { name, payload, ack } = message;
    const answer = (said: object): void => {
      if (ack === null || this.serverGone) return;
      this.toClient.push({ kind: 'ack', ack, payload: JSON.stringify(said) });
    };
    this.socket?.receive(name, JSON.parse(payload), answer);
  }

  /** Brings the next message to the client. */
  deliverToClient(): void {
    const message = this.toClient.shift();
    if (message !== undefined && !this.clientGone) this.hear(message);
  }

  /** The client's end is cut; what it had sent may still arrive. */
  cut(alsoSent: boolean): void {
    this.clientGone = true;
    this.toClient.length = 0;
    if (alsoSent) this.toServer.length = 0;
  }

  /** The server learns that the client is gone. */
  notice(): void {
    if (this.serverGone) return;
    this.serverGone = true;
    this.toServer.length = 0;
    this.socket?.gone();
  }
}

/** The server's end of a connection: of socket.io's `Socket` what the edge uses. */
export class ServerSocket {
  readonly id: string;
  readonly handshake: {
    readonly auth: object;
    readonly headers: Readonly<Record<string, string>>;
    readonly address: string;
  };
  data: { admitted?: { readonly person: string } } = {};
  readonly rooms = new Set<string>();
  readonly connection: Connection;
  readonly #network: Network;
  readonly #handlers = new Map<string, (input: unknown, ack: (said: object) => void) => void>();

  constructor(id: string, auth: object, connection: Connection, network: Network) {
    this.id = id;
    this.handshake = { auth, headers: {}, address: '127.0.0.1' };
    this.connection = connection;
    this.#network = network;
  }

  on(name: string, handle: (input: unknown, ack: (said: object) => void) => void): void {
    this.#handlers.set(name, handle);
  }

  join(rooms: string | readonly string[]): void {
    for (const room of typeof rooms === 'string' ? [rooms] : rooms) this.rooms.add(room);
  }

  leave(room: string): void {
    this.rooms.delete(room);
  }

  emit(name: string, ...payload: readonly unknown[]): void {
    this.send(name, JSON.stringify(payload[0] ?? null));
  }

  /** Sends what is text already. */
  send(name: string, payload: string): void {
    if (this.connection.serverGone) return;
    this.#network.watch(this, name, payload);
    this.connection.toClient.push({ kind: 'event', name, payload });
  }

  disconnect(): void {
    if (this.connection.serverGone) return;
    this.connection.toClient.push({ kind: 'closed' });
    this.connection.notice();
  }

  receive(name: string, input: unknown, ack: (said: object) => void): void {
    this.#handlers.get(name)?.(input, ack);
  }

  /** The connection is gone, whoever ended it. */
  gone(): void {
    this.rooms.clear();
    this.#network.sockets.delete(this.id);
    this.#handlers.get('disconnect')?.(undefined, () => undefined);
  }
}

type Middleware = (socket: ServerSocket, next: (error?: Error) => void) => void;

/** Those whom something is sent to: the members of rooms, but for those of others. */
class Recipients {
  readonly #network: Network;
  readonly #to: readonly string[];
  readonly #but: readonly string[];

  constructor(network: Network, to: readonly string[], but: readonly string[] = []) {
    this.#network = network;
    this.#to = to;
    this.#but = but;
  }

  /** What is volatile is sent like anything else; that it may be lost is the network's affair. */
  get volatile(): this {
    return this;
  }

  except(rooms: string | readonly string[]): Recipients {
    return new Recipients(this.#network, this.#to, [...this.#but, ...listed(rooms)]);
  }

  emit(name: string, ...payload: readonly unknown[]): void {
    const text = JSON.stringify(payload[0] ?? null);
    for (const socket of this.#sockets()) socket.send(name, text);
  }

  disconnectSockets(): void {
    for (const socket of this.#sockets()) socket.disconnect();
  }

  socketsJoin(rooms: string | readonly string[]): void {
    for (const socket of this.#sockets()) socket.join(rooms);
  }

  socketsLeave(rooms: string | readonly string[]): void {
    for (const socket of this.#sockets()) for (const room of listed(rooms)) socket.leave(room);
  }

  #sockets(): ServerSocket[] {
    const isIn = (socket: ServerSocket, rooms: readonly string[]): boolean =>
      rooms.some((room) => socket.rooms.has(room));
    return [...this.#network.sockets.values()].filter((socket) => isIn(socket, this.#to) && !isIn(socket, this.#but));
  }
}

const listed = (rooms: string | readonly string[]): readonly string[] => (typeof rooms === 'string' ? [rooms] : rooms);

/** One server's network: it ends with the server. */
export class Network {
  readonly sockets = new Map<string, ServerSocket>();
  readonly connections: Connection[] = [];
  readonly watch: Watch;
  #admit: Middleware = (_socket, next) => next();
  #enter: (socket: ServerSocket) => void = () => undefined;
  #count = 0;
  #isClosed = false;

  constructor(watch: Watch) {
    this.watch = watch;
  }

  /** As the socket edge knows it. */
  get io(): LabServer {
    const { sockets } = this;
    const rooms = {
      get: (name: string) => new Set([...sockets.values()].filter((one) => one.rooms.has(name)).map(({ id }) => id)),
    };
    const recipients = (names: string | readonly string[]): Recipients => new Recipients(this, listed(names));
    const io = {
      use: (admit: Middleware) => void (this.#admit = admit),
      on: (_name: 'connection', enter: (socket: ServerSocket) => void) => void (this.#enter = enter),
      to: recipients,
      in: recipients,
      sockets: { sockets, adapter: { rooms } },
      close: () => Promise.resolve(this.close()),
    };
    // It has what the edge uses of socket.io's server, which is far from all of it.
    return io as unknown as LabServer;
  }

  /** A client begins to connect. */
  connect(auth: object): Connection {
    const connection = new Connection(this);
    this.connections.push(connection);
    connection.toServer.push({ kind: 'connect', auth: JSON.stringify(auth) });
    return connection;
  }

  arrive(connection: Connection, auth: object): void {
    const socket = new ServerSocket(`socket-${++this.#count}`, auth, connection, this);
    this.#admit(socket, (error) => {
      queueMicrotask(() => {
        if (this.#isClosed || connection.serverGone) return;
        if (error !== undefined) {
          const data: unknown = Reflect.get(error, 'data');
          connection.toClient.push({ kind: 'refused', payload: JSON.stringify(data) });
          connection.serverGone = true;
          return;
        }
        connection.socket = socket;
        this.sockets.set(socket.id, socket);
        connection.toClient.push({ kind: 'connected' });
        this.#enter(socket);
      });
    });
  }

  /** The server is gone, and with it everything on the way. */
  close(): void {
    this.#isClosed = true;
    for (const connection of this.connections) {
      connection.serverGone = true;
      connection.toServer.length = 0;
    }
    this.sockets.clear();
  }
}
