/** Names inside sentences. */

/** Isolates a name, so that letters written from right to left do not turn the sentence around it (FSI and PDI of UAX #9). */
export const isolated = (name: string): string => `\u2068${name}\u2069`;
