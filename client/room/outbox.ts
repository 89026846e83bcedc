/**
 * The outbox: commands on their way. One that is not answered is sent again under the same id, also after the connection
 * has come back, so that it happens once or not at all, and its sender learns which.
 */
import type { CommandInput, CommandType } from '../../shared/protocol/commands.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';
import { callableOff } from '../shell/later.ts';

const answerWithin = 5000;
/** After an answer that decides nothing, it is asked again so much later, and so often at most. */
const againAfter = 2000;
const timesAtMost = 5;

export type Sent<T extends CommandType = CommandType> = {
  readonly id: string;
  readonly type: T;
  readonly data: CommandInput<T>;
};

/** Puts a command on the wire; `answer` gets the ack, or null when none came in time. */
export type Transmit = (command: Sent, within: number, answer: (ack: CommandAck | null) => void) => void;

export type Outbox = {
  send<T extends CommandType>(type: T, data: CommandInput<T>): Promise<CommandAck>;
  /** Sends everything again that has no answer, unless the connection was there all the time. */
  resend(): void;
  /** Stops sending: the connection is gone. */
  hold(): void;
};

/** 96 random bits in hexadecimal, on pages without a secure context too. */
export function commandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Whether an answer says what became of a command that was sent so many times. A store that has gone may have taken it before; and of
 * what came too often nobody has looked whether it had come before.
 */
const decides = (ack: CommandAck, times: number): boolean =>
  ack.ok || (ack.error.code !== 'unavailable' && (ack.error.code !== 'rate-limited' || times === 1));

/** Builds an outbox; `onChange` hears which commands wait for an answer. */
export function createOutbox(
  transmit: Transmit,
  onChange: (waiting: readonly Sent[]) => void,
  later: (work: () => void, ms: number) => void = callableOff,
): Outbox {
  type Entry = { readonly sent: Sent; readonly settle: (ack: CommandAck) => void; times: number; undecided: number };
  const waiting = new Map<string, Entry>();
  let open = false;

  const attempt = (sent: Sent): void => {
    const asked = waiting.get(sent.id);
    if (!open || asked === undefined) return;
    asked.times++;
    transmit(sent, answerWithin, (ack) => {
      const entry = waiting.get(sent.id);
      if (entry === undefined) return;
      if (ack === null) return attempt(sent);
      if (!decides(ack, entry.times) && ++entry.undecided < timesAtMost) return later(() => attempt(sent), againAfter);
      waiting.delete(sent.id);
      onChange([...waiting.values()].map((other) => other.sent));
      entry.settle(ack);
    });
  };

  return {
    send(type, data) {
      const sent: Sent = { id: commandId(), type, data };
      return new Promise((settle) => {
        waiting.set(sent.id, { sent, settle, times: 0, undecided: 0 });
        onChange([...waiting.values()].map((other) => other.sent));
        attempt(sent);
      });
    },
    resend() {
      // What has been sent over this line is on its way: a second copy could be judged otherwise than the first.
      if (open) return;
      open = true;
      for (const { sent } of waiting.values()) attempt(sent);
    },
    hold() {
      open = false;
    },
  };
}
