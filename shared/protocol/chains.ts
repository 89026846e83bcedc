/**
 * The class's chains: everybody moves a chain of one neuron a layer on the own page, and the room sees how everybody's products lie. A
 * chain changes while it is dragged, so it is no fact: the newest counts, the server follows it (nobody can claim a product), and
 * everybody is told counts. Rules Y1 to Y4.
 */
import { z } from 'zod';
import { type Chain, followChain } from '../core/chain.ts';
import type { ActivationName } from '../core/configuration.ts';
import { lookUp, type PersonId, type RoomState } from './state.ts';

export const chainActivations = ['sigmoid', 'tanh', 'relu', 'softsign'] as const satisfies readonly ActivationName[];
export const chainDepths = { least: 2, most: 12 } as const;
/** Weights and biases go this far, either way. */
export const chainFar = 100;
/** By so much the input is moved to see whether a chain stands on a knife edge. */
export const chainNudge = 0.001;
/** The task is for chains of so many ordinary sigmoid neurons at least: with fewer, or steeper ones, it is no feat. */
const taskDepth = 4;
/** Products are told in quarters of a decade; beyond these decades only that they are beyond. */
const perDecade = 4;
export const chainDecades = { least: -60, most: 24 } as const;

const numbers = z.array(z.number().min(-chainFar).max(chainFar)).min(chainDepths.least).max(chainDepths.most);

/** A chain as a page sends it. */
export const chainMessage = z
  .strictObject({
    activation: z.literal(chainActivations),
    steepness: z.number().min(0.5).max(10),
    input: z.number().min(0).max(1),
    weights: numbers,
    biases: numbers,
  })
  .refine(({ weights, biases }) => weights.length === biases.length, { error: 'must have a bias for each weight' });

export type SentChain = z.output<typeof chainMessage>;

/** What a chain amounts to. */
export type ChainStanding = {
  /** log10 of the first neuron's gradient over the last one's; null where nothing at all reaches the first neuron. */
  readonly decades: number | null;
  /** The task's first half: four sigmoid neurons or more, and no other one learns as fast as the first. */
  readonly first: boolean;
  /** Its second half: the first neuron stays the fastest when the input moves by `chainNudge`, either way. */
  readonly kept: boolean;
};

/** Follows a chain and says what it amounts to. */
export function standingOf(chain: Chain): ChainStanding {
  const links = followChain(chain);
  const [head, tail] = [links[0]?.gradient, links.at(-1)?.gradient];
  const decades = head === undefined || tail === undefined || head.sign === 0 ? null : head.log10 - tail.log10;
  const { activation, steepness, weights, input } = chain;
  const counts = activation === 'sigmoid' && steepness === 1 && weights.length >= taskDepth;
  const first = counts && isFirstFastest(chain);
  const moved = [input - chainNudge, input + chainNudge];
  const kept = first && moved.every((to) => isFirstFastest({ ...chain, input: to }));
  return { decades, first, kept };
}

/** Differences below this, in decades, are of the arithmetic. */
const tiny = 1e-9;

function isFirstFastest(chain: Chain): boolean {
  const [first, ...others] = followChain(chain).map(({ gradient }) => gradient.log10);
  return first !== undefined && Number.isFinite(first) && others.every((other) => first > other + tiny);
}

/** How many chains have a product of so many decades, rounded to quarters, in rising order. */
export type ChainCount = readonly [decades: number, count: number];

/** What everybody is told of the class's chains. */
export type ChainsTold = {
  readonly people: number;
  readonly counts: readonly ChainCount[];
  /** Chains in which nothing reaches the first neuron. */
  readonly zero: number;
  /** How many have done the task's first half, and both. */
  readonly first: number;
  readonly kept: number;
  /** The chain of the student under the spotlight. */
  readonly shown: { readonly person: PersonId; readonly chain: Chain } | null;
};

export const noChains: ChainsTold = { people: 0, counts: [], zero: 0, first: 0, kept: 0, shown: null };

/** Sums up what chains amount to. */
export function countChains(standings: readonly ChainStanding[]): Omit<ChainsTold, 'shown'> {
  const counted = new Map<number, number>();
  for (const { decades } of standings) {
    if (decades === null) continue;
    const { least, most } = chainDecades;
    const rounded = Math.round(Math.min(most, Math.max(least, decades)) * perDecade) / perDecade + 0;
    counted.set(rounded, (counted.get(rounded) ?? 0) + 1);
  }
  const of = (has: (one: ChainStanding) => boolean): number => standings.filter(has).length;
  return {
    people: standings.length,
    counts: [...counted].toSorted(([one], [other]) => one - other),
    zero: of(({ decades }) => decades === null),
    first: of(({ first }) => first),
    kept: of(({ kept }) => kept),
  };
}

/** Whether the room is at a step at which everybody has a chain. */
export function hasChains({ lesson }: Pick<RoomState, 'lesson'>): boolean {
  return lesson?.explaining === true && lesson.plan.steps[lesson.step]?.figure === 'chain';
}

/** Whether somebody's chain is one of the class's: that of students. */
export function mayHaveChain(state: Pick<RoomState, 'people' | 'lesson'>, id: PersonId): boolean {
  const person = lookUp(state.people, id);
  return person?.here === true && person.role === 'student' && hasChains(state);
}
