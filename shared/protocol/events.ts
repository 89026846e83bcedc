/**
 * Events: the facts of a room, in one numbered, durable order. `evolve` folds them into the room's state.
 * An event's `data` is the same for everyone; `private`, where an event has it,
 * is kept in the log and sent to its author and the hosts only.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import type { BoardSettings } from './board.ts';
import type { ChallengeId, ChallengePoint, ChallengeTask, MatchKey, MatchTruth } from './challenges.ts';
import type { GuessAnswer, GuessRound, GuessTally, GuessTruth, RightAnswers } from './guesses.ts';
import type { Lesson, Made } from './lessons.ts';
import type { PollAnswer, PollKind, PollRound, PollTally } from './polls.ts';
import type { Hands } from './secrets.ts';
import type {
  GuessId,
  Language,
  Pace,
  PersonId,
  PinId,
  ProposalId,
  RecordSharing,
  Role,
  RoomSettings,
  PollId,
  QuestionId,
  RunEnd,
  RunId,
  ShowTime,
  SweepId,
} from './state.ts';
import type { Prepared } from './template.ts';
import type { Sweep, SweepPoint } from './sweeps.ts';

export type RoomEvent =
  | {
      readonly type: 'room-created';
      readonly data: {
        readonly id: string;
        readonly code: string;
        readonly title: string;
        readonly language: Language;
        readonly experiment: string;
        readonly base: RunConfiguration;
        readonly lesson?: Lesson;
        /** The room is for trying a lesson out, with students whom the server plays. */
        readonly rehearsal?: true;
      } & Prepared;
    }
  | {
      readonly type: 'person-joined';
      readonly data: {
        readonly person: PersonId;
        readonly name: string;
        readonly role: Role;
        /** How many people sit at the device; absent: one. */
        readonly count?: number;
        /** Played by the server, in a rehearsal. */
        readonly pretend?: true;
        /** At the door: in the room only after `person-admitted`. */
        readonly waiting?: true;
      };
    }
  | { readonly type: 'person-admitted'; readonly data: { readonly person: PersonId } }
  | { readonly type: 'person-left'; readonly data: { readonly person: PersonId } }
  | { readonly type: 'person-returned'; readonly data: { readonly person: PersonId } }
  | { readonly type: 'person-renamed'; readonly data: { readonly person: PersonId; readonly name: string } }
  | { readonly type: 'role-changed'; readonly data: { readonly person: PersonId; readonly role: Role } }
  | { readonly type: 'person-removed'; readonly data: { readonly person: PersonId } }
  | { readonly type: 'person-banned'; readonly data: { readonly person: PersonId } }
  | { readonly type: 'person-unbanned'; readonly data: { readonly person: PersonId } }
  /** Everything that `person` said or made is `into`'s from now on. */
  | { readonly type: 'people-merged'; readonly data: { readonly person: PersonId; readonly into: PersonId } }
  | { readonly type: 'hand-raised'; readonly data: { readonly person: PersonId } }
  | { readonly type: 'hand-lowered'; readonly data: { readonly person: PersonId } }
  | { readonly type: 'hands-lowered'; readonly data: Readonly<Record<never, never>> }
  | { readonly type: 'room-locked'; readonly data: Readonly<Record<never, never>> }
  | { readonly type: 'room-unlocked'; readonly data: Readonly<Record<never, never>> }
  | { readonly type: 'code-rotated'; readonly data: { readonly code: string } }
  | { readonly type: 'settings-changed'; readonly data: Partial<RoomSettings> }
  | { readonly type: 'room-ended'; readonly data: Readonly<Record<never, never>> }
  | {
      readonly type: 'proposal-made';
      readonly data: {
        readonly proposal: ProposalId;
        readonly author: PersonId;
        readonly base: RunId | null;
        readonly configuration: RunConfiguration;
        readonly reason: string;
        /** The step of the base at which the run is to begin, with what the base has learned; absent: from the start. */
        readonly fork?: number;
        /** The first proposal of those that one change was split into; absent: it was not. */
        readonly split?: ProposalId;
      };
    }
  | { readonly type: 'proposal-withdrawn'; readonly data: { readonly proposal: ProposalId } }
  | {
      readonly type: 'proposal-accepted';
      readonly data: { readonly proposal: ProposalId; readonly person: PersonId | 'votes' | 'everybody' };
    }
  | {
      readonly type: 'proposal-rejected';
      readonly data: { readonly proposal: ProposalId; readonly person: PersonId; readonly reason: string };
    }
  | {
      readonly type: 'run-started';
      readonly data: {
        readonly run: RunId;
        readonly label: string;
        readonly author: PersonId;
        readonly configuration: RunConfiguration;
        readonly engine: string;
        readonly proposal: ProposalId | null;
        readonly origin: { readonly run: RunId; readonly step: number } | null;
      };
    }
  | { readonly type: 'run-stopping'; readonly data: { readonly run: RunId; readonly person: PersonId } }
  | {
      readonly type: 'run-ended';
      /** `sealed` while a guess stands between the run and the room; `private` then has the end. */
      readonly data: { readonly run: RunId; readonly end: RunEnd | { readonly kind: 'sealed' } };
      readonly private?: RunEnd;
    }
  | {
      readonly type: 'playhead-moved';
      readonly data: {
        readonly run: RunId;
        readonly step: number;
        readonly at: number;
        readonly pace: Pace;
        readonly showTime: ShowTime;
        /** Where the playhead was: that run has been seen up to that step. */
        readonly left: { readonly run: RunId; readonly step: number } | null;
      };
    }
  | {
      readonly type: 'pin-set';
      readonly data: {
        readonly pin: PinId;
        readonly author: PersonId;
        readonly run: RunId;
        readonly layer: number | null;
        readonly step: number;
        readonly text: string;
      };
    }
  | { readonly type: 'pin-removed'; readonly data: { readonly pin: PinId } }
  | {
      readonly type: 'guess-opened';
      readonly data: {
        readonly guess: GuessId;
        readonly run: RunId;
        readonly step: number;
        readonly asks: { readonly slowest: boolean; readonly line: boolean };
        readonly closesAt: number | null;
      };
    }
  | {
      readonly type: 'guess-answered';
      readonly data: { readonly guess: GuessId; readonly round: GuessRound; readonly person: PersonId };
      readonly private?: GuessAnswer;
    }
  | {
      readonly type: 'hands-counted';
      readonly data: { readonly guess: GuessId; readonly round: GuessRound };
      readonly private?: Hands;
    }
  | { readonly type: 'guess-discussed'; readonly data: { readonly guess: GuessId; readonly until: number | null } }
  | { readonly type: 'guess-reopened'; readonly data: { readonly guess: GuessId; readonly closesAt: number | null } }
  | {
      readonly type: 'guess-closed';
      readonly data: { readonly guess: GuessId; readonly round: GuessRound };
      /** Absent where the step that is asked about has not been measured. */
      readonly private?: RightAnswers;
    }
  | {
      readonly type: 'guess-revealed';
      readonly data: {
        readonly guess: GuessId;
        /** Null where training ended before the step that was asked about. */
        readonly truth: GuessTruth | null;
        readonly tallies: readonly GuessTally[];
        /** How training ended, where it has. */
        readonly end: RunEnd | null;
      };
    }
  | {
      readonly type: 'poll-opened';
      readonly data: {
        readonly poll: PollId;
        readonly question: string;
        readonly kind: PollKind;
        readonly options: readonly string[];
        readonly closesAt: number | null;
      };
    }
  | {
      readonly type: 'poll-answered';
      readonly data: { readonly poll: PollId; readonly round: PollRound; readonly person: PersonId };
      readonly private?: PollAnswer;
    }
  | {
      readonly type: 'poll-hands-counted';
      readonly data: { readonly poll: PollId; readonly round: PollRound };
      readonly private?: readonly number[];
    }
  | { readonly type: 'poll-closed'; readonly data: { readonly poll: PollId } }
  | { readonly type: 'poll-reopened'; readonly data: { readonly poll: PollId; readonly closesAt: number | null } }
  | {
      readonly type: 'poll-revealed';
      readonly data: {
        readonly poll: PollId;
        readonly tallies: readonly PollTally[];
        readonly right: readonly number[];
      };
    }
  | {
      readonly type: 'poll-text-judged';
      readonly data: {
        readonly poll: PollId;
        /** How often the text was said in each round, 0 where it is no longer shown; null until the poll is revealed. */
        readonly told: { readonly text: string; readonly counts: readonly number[] } | null;
      };
      readonly private?: { readonly text: string; readonly shown: boolean };
    }
  | {
      readonly type: 'question-asked';
      readonly data: { readonly question: QuestionId; readonly author: PersonId; readonly text: string };
    }
  | {
      readonly type: 'question-wanted';
      readonly data: { readonly question: QuestionId; readonly person: PersonId; readonly wanted: boolean };
    }
  | {
      readonly type: 'question-answered';
      readonly data: { readonly question: QuestionId; readonly person: PersonId; readonly text: string };
    }
  | {
      readonly type: 'question-hidden';
      readonly data: { readonly question: QuestionId; readonly person: PersonId; readonly hidden: boolean };
    }
  | { readonly type: 'question-rules-set'; readonly data: { readonly slow: number; readonly screen: boolean } }
  | { readonly type: 'view-shown'; readonly data: { readonly view: string; readonly person: PersonId } }
  | { readonly type: 'view-locked'; readonly data: { readonly locked: boolean } }
  | { readonly type: 'everybody-called'; readonly data: Readonly<Record<never, never>> }
  | { readonly type: 'spotlight-set'; readonly data: { readonly person: PersonId | null } }
  | { readonly type: 'spotlight-asked'; readonly data: { readonly person: PersonId } }
  | { readonly type: 'spotlight-declined'; readonly data: { readonly person: PersonId } }
  | {
      readonly type: 'lesson-moved';
      /** `step` is the number of steps where the lesson is over; `explaining`: its text is shown. */
      readonly data: { readonly step: number; readonly explaining: boolean };
    }
  | { readonly type: 'lesson-asked'; readonly data: { readonly step: number; readonly guess: GuessId } }
  | { readonly type: 'lesson-made'; readonly data: { readonly step: number; readonly made: Made } }
  | { readonly type: 'lesson-hinted'; readonly data: { readonly step: number } }
  | { readonly type: 'record-shared'; readonly data: RecordSharing }
  // The chat
  | { readonly type: 'chat-set'; readonly data: { readonly open: boolean; readonly slow: number } }
  | {
      readonly type: 'chat-said';
      readonly data: { readonly message: string; readonly author: PersonId; readonly text: string };
    }
  | { readonly type: 'chat-hidden'; readonly data: { readonly message: string; readonly hidden: boolean } }
  // The board
  | {
      readonly type: 'vote-cast';
      readonly data: { readonly proposal: ProposalId; readonly person: PersonId; readonly for: boolean };
    }
  | {
      readonly type: 'comment-made';
      readonly data: {
        readonly proposal: ProposalId;
        readonly comment: string;
        readonly author: PersonId;
        readonly text: string;
      };
    }
  | {
      readonly type: 'comment-hidden';
      readonly data: { readonly proposal: ProposalId; readonly comment: string; readonly hidden: boolean };
    }
  | { readonly type: 'board-set'; readonly data: Partial<BoardSettings> }
  // Class sweeps
  | {
      readonly type: 'sweep-started';
      readonly data: Pick<
        Sweep,
        'author' | 'base' | 'configuration' | 'field' | 'values' | 'trained' | 'engine' | 'flops' | 'groups'
      > & { readonly sweep: SweepId };
    }
  | {
      readonly type: 'sweep-handed-out';
      readonly data: { readonly sweep: SweepId; readonly groups: readonly (readonly PersonId[])[] };
    }
  | {
      readonly type: 'sweep-measured';
      readonly data: { readonly sweep: SweepId; readonly points: readonly SweepPoint[]; readonly done: boolean };
    }
  /** It is off the stage, and measured no further. */
  | { readonly type: 'sweep-ended'; readonly data: { readonly sweep: SweepId } }
  // Challenges
  | {
      readonly type: 'challenge-opened';
      readonly data: {
        readonly challenge: ChallengeId;
        readonly task: ChallengeTask;
        readonly engine: string;
        readonly flops: number;
      };
      /** Of a match: which curve is of which configuration. */
      readonly private?: MatchKey;
    }
  /** Cells that somebody has claimed; without a person: that the host had filled. */
  | {
      readonly type: 'cells-claimed';
      readonly data: {
        readonly challenge: ChallengeId;
        readonly cells: readonly number[];
        readonly person: PersonId | null;
      };
    }
  /** `configuration` is there where nobody had tried it before. */
  | {
      readonly type: 'rescue-tried';
      readonly data: {
        readonly challenge: ChallengeId;
        readonly rescue: number;
        readonly person: PersonId;
        readonly configuration?: RunConfiguration;
      };
    }
  | {
      readonly type: 'match-answered';
      readonly data: { readonly challenge: ChallengeId; readonly person: PersonId };
      /** For each curve the configuration that it was taken for. */
      readonly private?: readonly number[];
    }
  /** `done`: all that has been asked for is there. */
  | {
      readonly type: 'challenge-measured';
      readonly data: {
        readonly challenge: ChallengeId;
        readonly points: readonly ChallengePoint[];
        readonly done: boolean;
      };
    }
  | {
      readonly type: 'challenge-revealed';
      readonly data: { readonly challenge: ChallengeId; readonly truth: MatchTruth | null };
    };

/** An event as the log keeps it and the wire carries it: its number in the room, the server's time in ms, and who caused it. */
export type NumberedEvent = RoomEvent & { readonly seq: number; readonly at: number; readonly by: PersonId | 'server' };
