/** Verifies several runs one after the other: each of them has the whole computer for itself, and so has the page. */
import type { RunId } from '../../shared/protocol/state.ts';
import type { Verifications } from '../verify/verifications.ts';

/** Starts with the first run, and with the next one whenever one is no longer at work. */
export function verifyInTurn(verifications: Pick<Verifications, 'store' | 'start'>, runs: readonly RunId[]): void {
  const [first, ...others] = runs;
  if (first === undefined) return;
  verifications.start(first);
  if (others.length === 0) return;
  if (verifications.store.getState()[first]?.kind !== 'working') return verifyInTurn(verifications, others);
  const release = verifications.store.subscribe((all) => {
    if (all[first]?.kind === 'working') return;
    release();
    verifyInTurn(verifications, others);
  });
}
