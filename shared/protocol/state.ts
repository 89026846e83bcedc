/**
 * The state of a room: what the fold of its events gives, equal on the server and on every client.
 * It holds facts only. Measurements are frames and live elsewhere; who is connected is presence and lives elsewhere too.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import { type BoardSettings, type Comment, defaultBoard } from './board.ts';
import type { Challenge, ChallengeId } from './challenges.ts';
import type { Chat } from './chat.ts';
import type { Guess } from './guesses.ts';
import { type Lead, noLead } from './lead.ts';
import type { Poll } from './polls.ts';
import { defaultQuestionRules, type Question, type QuestionRules } from './questions.ts';
import type { LessonStanding } from './lessons.ts';
import type { Sweep } from './sweeps.ts';
import type { Prepared } from './template.ts';

export type PersonId = string;
export type ProposalId = string;
export type RunId = string;
export type PinId = string;
export type GuessId = string;
export type PollId = string;
export type QuestionId = string;
export type SweepId = string;

/** A co-host may do whatever a host may, except to appoint, to dismiss and to end the room. */
export const roles = ['host', 'co-host', 'student', 'screen'] as const;
export type Role = (typeof roles)[number];
export type Language = 'en' | 'zh-CN';

/** Why a person's token does not bring them back as themselves. */
export type Exclusion =
  | { readonly kind: 'removed' }
  | { readonly kind: 'banned' }
  | { readonly kind: 'merged'; readonly into: PersonId };

/** `here` is false once the person has left for good; a lost connection does not change it. */
export type Person = {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly here: boolean;
  /** How many people sit at this device. */
  readonly count: number;
  /** Null for everybody who may be here; nobody else is. */
  readonly out: Exclusion | null;
  /** Nobody is there: the server plays this student in a rehearsal. */
  readonly pretend?: true;
  /** Not in the room yet: at its door, until somebody who leads admits them. */
  readonly waiting?: true;
};

/** What hosts have chosen for the room. */
export type RoomSettings = {
  /** Whether the projector's page shows numbers instead of students' names. */
  readonly anonymousOnScreen: boolean;
  /** Whether the projector's page shows nothing but how to join. */
  readonly joinOnScreen: boolean;
  /** Whether people may react with a sign; absent: no. */
  readonly reactions?: boolean;
  /** Whether newcomers wait until somebody who leads admits them; absent: no. */
  readonly admitByHand?: boolean;
  /** Whether pages show a plot of other runs beside a guess that stands; absent: no. */
  readonly plotBesideGuess?: boolean;
};

export const settingNames = [
  'anonymousOnScreen',
  'joinOnScreen',
  'plotBesideGuess',
  'admitByHand',
  'reactions',
] as const satisfies readonly (keyof RoomSettings)[];

export type ProposalStanding =
  | { readonly kind: 'open' }
  | { readonly kind: 'withdrawn' }
  /** By a host, or as the room's policy has it: by so many ballots, or because everybody runs. */
  | { readonly kind: 'accepted'; readonly by: PersonId | 'votes' | 'everybody' }
  | { readonly kind: 'rejected'; readonly by: PersonId; readonly reason: string };

/**
 * A change that somebody suggests: the run it starts from (null: the room's first configuration) and where it leads.
 * With a step as `fork` it goes on with what that run had learned by then.
 */
export type Proposal = {
  readonly id: ProposalId;
  readonly author: PersonId;
  readonly at: number;
  readonly base: RunId | null;
  readonly configuration: RunConfiguration;
  readonly fork: number | null;
  readonly reason: string;
  readonly standing: ProposalStanding;
  /** Who is for it; its author is from the beginning. */
  readonly backers: readonly PersonId[];
  readonly comments: readonly Comment[];
  /** The first of those that one change was split into; null where it was made alone. */
  readonly split: ProposalId | null;
};

/** How a run's training ended; `step` is the number of whole steps taken, `digest` that of the parameters then. */
export type RunEnd =
  | { readonly kind: 'finished'; readonly step: number; readonly digest: string }
  | { readonly kind: 'stopped'; readonly step: number; readonly digest: string }
  | {
      readonly kind: 'diverged';
      readonly step: number;
      readonly digest: string;
      readonly layer: number;
      readonly what: 'cost' | 'parameter';
    }
  | { readonly kind: 'failed'; readonly step: number; readonly reason: string };

/** `sealed`: training has ended, and how is told when the guess on the run is revealed. */
export type RunStatus =
  | { readonly kind: 'live' }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'sealed' }
  | RunEnd;

/** A run of the room. `label` is its letter (A, B, ..., Z, AA, ...), the same in every plot and sentence. */
export type RoomRun = {
  readonly id: RunId;
  readonly label: string;
  readonly author: PersonId;
  readonly at: number;
  readonly configuration: RunConfiguration;
  readonly engine: string;
  readonly proposal: ProposalId | null;
  /** Where a fork left its parent; the steps before are the parent's. */
  readonly origin: { readonly run: RunId; readonly step: number } | null;
  readonly status: RunStatus;
  /** The furthest step that the room had seen of it when the playhead last moved; -1: none. */
  readonly shownTo: number;
};

/** A note at a step of a run, and at one of its layers where `layer` is not null (1 = first hidden layer). */
export type Pin = {
  readonly id: PinId;
  readonly author: PersonId;
  readonly at: number;
  readonly run: RunId;
  readonly layer: number | null;
  readonly step: number;
  readonly text: string;
};

/** In how many seconds a whole run is shown; `live`: as fast as it is trained. */
export const showTimes = [5, 20, 60, 'live'] as const;
export type ShowTime = (typeof showTimes)[number];

/** Steps a second on the room's clock; 0: paused; `live`: at the newest measurement. */
export type Pace = number | 'live';

/** Whether those who do not lead may take the session with them, as export and report, and whether a report names people. */
export type RecordSharing = { readonly open: boolean; readonly names: boolean };

/** Where the room looks: step `step` of run `run` at the room's time `at` (ms), moving at `pace` from then on. */
export type Playhead = {
  readonly run: RunId;
  readonly step: number;
  readonly at: number;
  readonly pace: Pace;
  readonly showTime: ShowTime;
};

export type RoomState = {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly language: Language;
  readonly experiment: string;
  readonly createdAt: number;
  /** Whether the room is for trying a lesson out, with students whom the server plays. */
  readonly rehearsal: boolean;
  /** What proposals start from before there is a run. */
  readonly base: RunConfiguration;
  readonly people: Readonly<Record<PersonId, Person>>;
  /** Who has a hand up, the first to raise it first. */
  readonly raisedHands: readonly PersonId[];
  /** Whether nobody new may come in. */
  readonly locked: boolean;
  /** When the room was ended; null: it has not been. */
  readonly endedAt: number | null;
  readonly settings: RoomSettings;
  readonly proposals: Readonly<Record<ProposalId, Proposal>>;
  readonly runs: Readonly<Record<RunId, RoomRun>>;
  readonly pins: Readonly<Record<PinId, Pin>>;
  /** Pins ever set, so that no number is given twice. */
  readonly pinsMade: number;
  readonly guesses: Readonly<Record<GuessId, Guess>>;
  readonly polls: Readonly<Record<PollId, Poll>>;
  readonly questions: Readonly<Record<QuestionId, Question>>;
  readonly questionRules: QuestionRules;
  readonly lead: Lead;
  /** Absent until it is opened for the first time. */
  readonly chat?: Chat;
  /** The lesson that is taught here, and how far it is; null where there is none. */
  readonly lesson: LessonStanding | null;
  readonly record: RecordSharing;
  readonly board: BoardSettings;
  /** Polls and tallies of a class of before; absent: it began with none. */
  readonly prepared?: Pick<Prepared, 'polls' | 'tallies'>;
  /** The team of every student who ever came, from 1. */
  readonly teams: Readonly<Record<PersonId, number>>;
  readonly sweeps: Readonly<Record<SweepId, Sweep>>;
  /** Absent until a step of the lesson opens the first. */
  readonly challenges?: Readonly<Record<ChallengeId, Challenge>>;
  readonly playhead: Playhead | null;
  /** In force until `playhead.at`, since a move is announced a little before it takes effect. */
  readonly playheadBefore: Playhead | null;
};

/** What a room has that nobody has done anything in. */
export const noFacts = {
  rehearsal: false,
  people: {},
  raisedHands: [],
  locked: false,
  endedAt: null,
  settings: { anonymousOnScreen: false, joinOnScreen: false },
  proposals: {},
  runs: {},
  pins: {},
  pinsMade: 0,
  guesses: {},
  polls: {},
  questions: {},
  questionRules: defaultQuestionRules,
  lead: noLead,
  lesson: null,
  record: { open: false, names: false },
  board: defaultBoard,
  teams: {},
  sweeps: {},
  playhead: null,
  playheadBefore: null,
} as const satisfies Partial<RoomState>;

/** Looks up an identifier that somebody sent, without ever finding what objects inherit. */
export const lookUp = <T>(record: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined;

/** Whether a run's training has come to an end that everybody may know. */
export const hasEnded = (status: RunStatus): status is RunEnd =>
  status.kind !== 'live' && status.kind !== 'stopping' && status.kind !== 'sealed';

/** Whether a run's training is over, known or not. */
export const isOver = (status: RunStatus): boolean => status.kind === 'sealed' || hasEnded(status);

/** Looks up what an event names; an event in the log is a fact, so it is there. */
export function known<T>(record: Readonly<Record<string, T>>, id: string): T {
  const found = lookUp(record, id);
  if (found === undefined) throw new Error(`invariant violation: an event names ${id}, which the room does not have`);
  return found;
}
