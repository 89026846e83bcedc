/** The sweep that the room is to look at, where plots are; nothing where there is none, or it waits to be handed out. */
import { lazy, Suspense } from 'react';
import { useFacts, useMay } from '../room/context.tsx';
import { type Sweep, sweepOnStage } from '../../shared/protocol/sweeps.ts';

const SweepCard = lazy(() => import('./sweep-card.tsx').then(({ SweepCard: card }) => ({ default: card })));

/** The sweep on the stage, as far as the person at this page is to see it. */
export function useSweepOnStage(): Sweep | undefined {
  const state = useFacts();
  const leads = useMay('end-sweep');
  const sweep = sweepOnStage(state);
  return sweep === undefined || (sweep.groups.length === 0 && !leads) ? undefined : sweep;
}

/** Draws it. */
export function SweepStage({ still = false }: { readonly still?: boolean }) {
  const sweep = useSweepOnStage();
  if (sweep === undefined) return null;
  return (
    <Suspense fallback={<section className="card sweep-card" aria-busy="true" />}>
      <SweepCard key={sweep.id} sweep={sweep} still={still} />
    </Suspense>
  );
}
