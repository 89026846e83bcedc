import { describe, expect, it, vi } from 'vitest';
import { commandId, createOutbox, type Sent, type Transmit } from '../../client/room/outbox.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';

type Answer = (ack: CommandAck | null) => void;

function line() {
  const sent: { readonly command: Sent; readonly answer: Answer }[] = [];
  const transmit: Transmit = (command, _within, answer) => void sent.push({ command, answer });
  const waiting = vi.fn<(commands: readonly Sent[]) => void>();
  return { sent, waiting, outbox: createOutbox(transmit, waiting) };
}

describe('the outbox', () => {
  it('sends at once while the line is open, and settles with the answer', async () => {
    const { sent, outbox, waiting } = line();
    outbox.resend();
    const answered = outbox.send('pause', {});
    expect(sent).toHaveLength(1);
    sent[0]?.answer({ ok: true, seq: 12 });
    await expect(answered).resolves.toEqual({ ok: true, seq: 12 });
    expect(waiting.mock.lastCall).toEqual([[]]);
  });

  it('keeps a command until the line is open', () => {
    const { sent, outbox, waiting } = line();
    void outbox.send('pause', {});
    expect(sent).toHaveLength(0);
    expect(waiting.mock.lastCall?.[0]).toHaveLength(1);
    outbox.resend();
    expect(sent).toHaveLength(1);
  });

  it('sends a command again under the same id when no answer came', async () => {
    const { sent, outbox } = line();
    outbox.resend();
    const answered = outbox.send('step', {});
    sent[0]?.answer(null);
    outbox.hold();
    sent[1]?.answer(null);
    outbox.resend();
    expect(new Set(sent.map(({ command }) => command.id)).size).toBe(1);
    expect(sent).toHaveLength(3);
    sent[2]?.answer({ ok: true, seq: 3 });
    sent[1]?.answer({ ok: true, seq: 3 });
    await expect(answered).resolves.toEqual({ ok: true, seq: 3 });
  });

  it('gives every command an id of its own', () => {
    const ids = Array.from({ length: 100 }, commandId);
    expect(new Set(ids).size).toBe(100);
    expect(ids[0]).toMatch(/^[0-9a-f]{24}$/);
  });
});
