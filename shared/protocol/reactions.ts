/** Reactions: signs that people give while something is shown, counted for a moment and kept nowhere. Rules D5 and D6. */
import { leads } from './roles.ts';
import { lookUp, type PersonId, type RoomState } from './state.ts';

export const reactions = ['clear', 'lost', 'wow', 'slower'] as const;
export type Reaction = (typeof reactions)[number];

/** For so many ms a reaction counts, once a person and sign. */
export const REACTION_MS = 10_000;

/** How many people have given each sign in the last ten seconds. */
export type ReactionCounts = Readonly<Record<Reaction, number>>;

export const isReaction = (value: unknown): value is Reaction => reactions.some((one) => one === value);

/** Whether somebody may react: where the host wants it, whoever takes part. */
export function mayReact({ people, settings }: Pick<RoomState, 'people' | 'settings'>, id: PersonId): boolean {
  const person = lookUp(people, id);
  if (settings.reactions !== true || person?.here !== true) return false;
  return person.role === 'student' || leads(person.role);
}
