/** The challenge of the lesson's step, where plots are otherwise. */
import { type ComponentType, lazy, type LazyExoticComponent, Suspense } from 'react';
import { type Challenge, isMap, isMatch, isRescue } from '../../shared/protocol/challenges.ts';
import { lookUp } from '../../shared/protocol/state.ts';
import { useRoomView } from '../room/context.tsx';

export type CardProps<One extends Challenge> = {
  readonly challenge: One;
  /** On the projector there is nothing to press. */
  readonly still: boolean;
};

const card = <One extends Challenge>(
  load: () => Promise<ComponentType<CardProps<One>>>,
): LazyExoticComponent<ComponentType<CardProps<One>>> => lazy(async () => ({ default: await load() }));

const MapCard = card(() => import('./map-card.tsx').then(({ MapCard: its }) => its));
const RescueCard = card(() => import('./rescue-card.tsx').then(({ RescueCard: its }) => its));
const MatchCard = card(() => import('./match-card.tsx').then(({ MatchCard: its }) => its));

/** The challenge that the lesson is at; undefined where its step has none, or it is not open yet. */
export function useChallengeOnStage(): Challenge | undefined {
  return useRoomView(({ state }) => {
    const made = state?.lesson?.made[state.lesson.step];
    return made?.kind === 'challenge' ? lookUp(state?.challenges ?? {}, made.challenge) : undefined;
  });
}

/** Draws it. */
export function ChallengeStage({ still = false }: { readonly still?: boolean }) {
  const challenge = useChallengeOnStage();
  if (challenge === undefined) return null;
  return (
    <Suspense fallback={<section className="card challenge" aria-busy="true" />}>
      {isMap(challenge) && <MapCard key={challenge.id} challenge={challenge} still={still} />}
      {isRescue(challenge) && <RescueCard key={challenge.id} challenge={challenge} still={still} />}
      {isMatch(challenge) && <MatchCard key={challenge.id} challenge={challenge} still={still} />}
    </Suspense>
  );
}
