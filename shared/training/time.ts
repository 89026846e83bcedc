/** Time as a parameter: what runs in a thread, in a page and in a test alike knows no clock of its own. */
export type Time = {
  /** Milliseconds on a steady clock. */
  readonly now: () => number;
  /** Does something so many ms later, unless it is called off by what this returns. */
  readonly later: (work: () => void, ms: number) => () => void;
};
