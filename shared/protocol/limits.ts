/** Limits: every cap of the protocol in one place. Those that an operator may set come as `Limits`; the others are fixed. */

export type Limits = {
  readonly maxPeople: number;
  readonly maxRuns: number;
  readonly maxParameters: number;
  readonly maxRunFlops: number;
  readonly maxRoomFlops: number;
};

export const defaultLimits: Limits = {
  maxPeople: 1000,
  maxRuns: 600,
  maxParameters: 8_000_000,
  maxRunFlops: 1e14,
  maxRoomFlops: 1e16,
};

/** An answer that was sent in time may arrive so many ms later. */
export const GRACE_MS = 500;

/** Lengths of text in graphemes as a person counts them, sizes in bytes, counts in pieces. */
export const fixedLimits = {
  nameLength: 24,
  peoplePerDevice: 4,
  titleLength: 80,
  reasonLength: 280,
  pinLength: 280,
  proposalsPerRoom: 2000,
  pinsPerRoom: 500,
  guessesPerRoom: 200,
  guessReasonLength: 140,
  guessLinePoints: 64,
  pollsPerRoom: 200,
  pollQuestionLength: 280,
  pollOptions: 10,
  pollOptionLength: 140,
  pollTextLength: 140,
  pollTextsShown: 60,
  questionsPerRoom: 1000,
  openQuestionsPerPerson: 5,
  questionLength: 280,
  questionAnswerLength: 500,
  messagesPerRoom: 1000,
  messageLength: 280,
  viewLength: 500,
  commandIdLength: 64,
  commentLength: 280,
  commentsPerProposal: 200,
  commentsPerRoom: 5000,
  proposalsPerBatch: 40,
  sweepsPerRoom: 50,
  sweepValues: 1000,
  rescuesEach: 3,
  rescuesPerChallenge: 100,
  messageBytes: 65_536,
} as const;
