/** What tests wait for that nobody is told of: training behind a guess. */
import { vi } from 'vitest';
import { planOf } from '../../shared/core/plan.ts';
import { known, type RoomState } from '../../shared/protocol/state.ts';
import type { RoomTicket } from './person.ts';

/** Waits until a run behind a guess has been measured at its last step, which only who leads may read. */
export async function trainedUnseen(url: string, { code, hostKey }: RoomTicket, run = 'run-1'): Promise<void> {
  const headers = { authorization: `Bearer ${hostKey}` };
  const ask = async (path: string) => (await fetch(`${url}/api/rooms/${code}${path}`, { headers })).text();
  const { state } = JSON.parse(await ask('/state')) as { state: RoomState };
  const { steps } = planOf(known(state.runs, run).configuration);
  const last = `/runs/${run}/measurements?from=${steps}&to=${steps}`;
  await vi.waitUntil(async () => (await ask(last)) !== '', { timeout: 50_000, interval: 20 });
}
