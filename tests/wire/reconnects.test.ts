/** A bad network by seed: people lose their connection at any moment, come back, and send again what was not answered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uniform } from '../../shared/core/random.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

type Pending = { readonly id: string; readonly seed: number };

test.each([1, 2, 3, 4, 5, 6])(
  '[F3][F4][K1] whoever reconnects ends with everybody’s state, and every command is there once, seed %i',
  async (seed) => {
    let drawn = 0;
    const chance = (share: number) => uniform({ seed, purpose: 'data', index: 11 }, drawn++) < share;
    const room = await openRoom(lab.url);
    const peers = await Promise.all(
      [0, 1, 2].map(async () => ({
        person: await Person.join(lab.url, { code: room.code, hostKey: room.hostKey }),
        unanswered: new Map<string, Pending>(),
        online: true,
      })),
    );
    type Peer = (typeof peers)[number];
    const send = (peer: Peer, command: Pending) => {
      peer.unanswered.set(command.id, command);
      const sent = peer.person.send('propose', { change: { seed: command.seed }, reason: command.id }, command.id);
      return sent.then(
        (ack) => {
          if (!ack.ok) throw new Error(ack.error.message);
          peer.unanswered.delete(command.id);
        },
        // A lost connection leaves it unanswered.
        () => undefined,
      );
    };
    const reconnect = async (peer: Peer) => {
      const { person } = peer;
      const auth = { code: room.code, token: person.token, log: person.welcome.log, seq: person.seq };
      // Some have forgotten what they knew, as a page that was loaded anew.
      const forgot = chance(0.3);
      peer.person = await Person.join(lab.url, forgot ? { ...auth, log: 'forgotten' } : auth, { seen: person });
      expect('state' in peer.person.welcome).toBe(forgot);
      peer.online = true;
      for (const command of peer.unanswered.values()) void send(peer, command);
    };
    let count = 0;
    for (let turn = 0; turn < 60; turn++) {
      for (const peer of peers) {
        if (peer.online && chance(0.25)) void send(peer, { id: `${peer.person.id}-${++count}`, seed: 1000 + count });
        if (peer.online && chance(0.15)) {
          peer.person.disconnect();
          peer.online = false;
        } else if (!peer.online && chance(0.4)) await reconnect(peer);
      }
      if (chance(0.3)) await peers.find((peer) => peer.online)?.person.socket.emitWithAck('clock', turn);
    }
    for (const peer of peers) if (!peer.online) await reconnect(peer);
    await expect.poll(() => peers.map((peer) => peer.unanswered.size)).toEqual([0, 0, 0]);
    const last = Math.max(...peers.map((peer) => peer.person.seq));
    for (const { person } of peers) await person.until(() => person.seq >= last);
    const [first, ...others] = peers.map((peer) => peer.person.state);
    for (const state of others) expect(state).toEqual(first);
    const reasons = Object.values(first?.proposals ?? {}).map((proposal) => proposal.reason);
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(reasons.length).toBe(count);
    expect(count).toBeGreaterThan(10);
    for (const { person } of peers) person.disconnect();
  },
);
