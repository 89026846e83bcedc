/**
 * The outbox: commands on their way. One that is not answered is sent again under the same id, also after the connection
 * has come back, so that it happens once or not at all, and its sender learns which.
 */
import type { CommandInput, CommandType } from '../../shared/protocol/commands.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';

const answerWithin = 5000;

export type Sent<T extends CommandType = CommandType> = {
  readonly id: string;
  readonly type: T;
  readonly data: CommandInput<T>;
};

/** Puts a command on the wire; `answer` gets the ack, or null when none came in time. */
export type Transmit = (command: Sent, within: number, answer: (ack: CommandAck | null) => void) => void;

export type Outbox = {
  send<T extends CommandType>(type: T, data: CommandInput<T>): Promise<CommandAck>;
  /** Sends everything again that has no answer: the connection is back. */
  resend(): void;
  /** Stops sending: the connection is gone. */
  hold(): void;
};

/** 96 random bits in hexadecimal, on pages without a secure context too. */
export function commandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Builds an outbox; `onChange` hears which commands wait for an answer. */
export function createOutbox(transmit: Transmit, onChange: (waiting: readonly Sent[]) => void): Outbox {
  const waiting = new Map<string, { readonly sent: Sent; readonly settle: (ack: CommandAck) => void }>();
  let open = false;

  const attempt = (sent: Sent): void => {
    if (!open || !waiting.has(sent.id)) return;
    transmit(sent, answerWithin, (ack) => {
      const entry = waiting.get(sent.id);
      if (entry === undefined) return;
      if (ack === null) return attempt(sent);
      waiting.delete(sent.id);
      onChange([...waiting.values()].map((other) => other.sent));
      entry.settle(ack);
    });
  };

  return {
    send(type, data) {
      const sent: Sent = { id: commandId(), type, data };
      return new Promise((settle) => {
        waiting.set(sent.id, { sent, settle });
        onChange([...waiting.values()].map((other) => other.sent));
        attempt(sent);
      });
    },
    resend() {
      open = true;
      for (const { sent } of waiting.values()) attempt(sent);
    },
    hold() {
      open = false;
    },
  };
}
