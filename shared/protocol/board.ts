/**
 * The board's rules of the house: who decides what runs, how much everybody may propose, and what is kept from changing. Here is
 * what the settings are and what follows from them; decide-proposals.ts and decide-board.ts judge by them. Rules B1 to B9.
 */
import type { PersonId, Proposal, ProposalId, RoomState } from './state.ts';

/** Who decides that a proposal is run: the host; so many ballots, which may start it too; or whoever proposes it. */
export type Policy =
  | { readonly kind: 'host' }
  | { readonly kind: 'votes'; readonly votes: number; readonly start: boolean }
  | { readonly kind: 'everybody' };

/** Proposals by teams: from 41 students on, always or never. */
export const teamRules = ['large', 'always', 'never'] as const;
export type TeamRule = (typeof teamRules)[number];

/** What a host sets for the board. Quotas bind students; null is none. Seconds are those of one training thread, as estimated. */
export type BoardSettings = {
  readonly policy: Policy;
  /** No student may propose just now. */
  readonly frozen: boolean;
  /** Fields of a configuration, or groups of them (`optimizer`), that proposals may not change. */
  readonly locked: readonly string[];
  readonly teams: TeamRule;
  /** Open proposals of a student, or of a team. */
  readonly openEach: number;
  /** Runs that a student may have started without a host. */
  readonly runsEach: number | null;
  /** What these may take altogether. */
  readonly secondsEach: number | null;
  readonly secondsPerRun: number | null;
};

export const defaultBoard: BoardSettings = {
  policy: { kind: 'host' },
  frozen: false,
  locked: [],
  teams: 'large',
  openEach: 1,
  runsEach: 5,
  secondsEach: 600,
  secondsPerRun: 600,
};

/** What somebody wrote under a proposal. A hidden one is not shown; it stays in the log. */
export type Comment = {
  readonly id: string;
  readonly author: PersonId;
  readonly at: number;
  readonly text: string;
  readonly hidden: boolean;
};

/** Students of a team, and the number of students up to which everybody proposes alone. */
const teamSize = 4;
const largestOfAlone = 40;

/** Whether students propose in teams now. */
export function byTeams(state: Pick<RoomState, 'board' | 'people'>): boolean {
  const { teams } = state.board;
  if (teams !== 'large') return teams === 'always';
  return Object.values(state.people).filter(({ role, here }) => role === 'student' && here).length > largestOfAlone;
}

/** Gives the next student a team: students fill the teams in the order in which they come. */
export function withTeam(teams: RoomState['teams'], person: PersonId): RoomState['teams'] {
  const members: number[] = [];
  for (const team of Object.values(teams)) members[team] = (members[team] ?? 0) + 1;
  let team = 1;
  while ((members[team] ?? 0) >= teamSize) team++;
  return { ...teams, [person]: team };
}

/** The open proposals that count against a person's quota, or that of their team; what was split in one go counts once. */
export function openOf(state: RoomState, person: PersonId): number {
  const team = byTeams(state) ? state.teams[person] : undefined;
  const isOurs = ({ author }: Proposal): boolean =>
    author === person || (team !== undefined && state.teams[author] === team);
  const counted = new Set<ProposalId>();
  for (const proposal of Object.values(state.proposals)) {
    if (proposal.standing.kind === 'open' && isOurs(proposal)) counted.add(proposal.split ?? proposal.id);
  }
  return counted.size;
}

/** How many are for a proposal: derived from the ballots, never stored. */
export const votesFor = ({ backers }: Pick<Proposal, 'backers'>): number => backers.length;

/** Orders proposals as a board shows them: most votes first, of as many the older one. */
export const byVotes = (proposals: readonly Proposal[]): Proposal[] =>
  proposals.toSorted((a, b) => votesFor(b) - votesFor(a) || a.at - b.at);

/** The locked field or group that the path of a leaf field belongs to; undefined where it may change. */
export const lockOver = (settings: Pick<BoardSettings, 'locked'>, path: string): string | undefined =>
  settings.locked.find((locked) => path === locked || path.startsWith(`${locked}.`));
