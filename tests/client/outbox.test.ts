import { describe, expect, it, vi } from 'vitest';
import { commandId, createOutbox, type Sent, type Transmit } from '../../client/room/outbox.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';

type Answer = (ack: CommandAck | null) => void;

function line() {
  const sent: { readonly command: Sent; readonly answer: Answer }[] = [];
  const transmit: Transmit = (command, _within, answer) => void sent.push({ command, answer });
  const waiting = vi.fn<(commands: readonly Sent[]) => void>();
  const later: (() => void)[] = [];
  return { sent, waiting, later, outbox: createOutbox(transmit, waiting, (work) => void later.push(work)) };
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

  it('sends nothing a second time over a line that was there all the time', () => {
    const { sent, outbox } = line();
    outbox.resend();
    void outbox.send('pause', {});
    outbox.resend();
    expect(sent).toHaveLength(1);
  });

  it('asks again what became of a command where the answer does not say', async () => {
    const { sent, outbox, later } = line();
    const unavailable = { ok: false, error: { code: 'unavailable', message: '' } } as const;
    const limited = { ok: false, error: { code: 'rate-limited', message: '' } } as const;
    outbox.resend();
    const answered = outbox.send('pause', {});
    sent[0]?.answer(unavailable);
    later[0]?.();
    // It has been sent before, and may have been accepted then.
    sent[1]?.answer(limited);
    later[1]?.();
    sent[2]?.answer({ ok: true, seq: 4 });
    await expect(answered).resolves.toEqual({ ok: true, seq: 4 });
    const refused = outbox.send('pause', {});
    sent[3]?.answer(limited);
    await expect(refused).resolves.toEqual(limited);
    const given = outbox.send('pause', {});
    for (let n = 4; n < 9; n++) {
      sent[n]?.answer(unavailable);
      later[n - 2]?.();
    }
    await expect(given).resolves.toEqual(unavailable);
  });

  it('gives every command an id of its own', () => {
    const ids = Array.from({ length: 100 }, commandId);
    expect(new Set(ids).size).toBe(100);
    expect(ids[0]).toMatch(/^[0-9a-f]{24}$/);
  });
});
