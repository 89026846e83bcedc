/**
 * Leading: whose view of the plots the room follows. A view is a text that pages write and read like the search part of an
 * address; here it is only checked, not understood. Rules V1 to V7.
 */
import type { PersonId, RunId } from './state.ts';

export type Lead = {
  /** What is shown to the room; null: nobody has shown anything yet, and pages show what they do by default. */
  readonly view: { readonly text: string; readonly by: PersonId } | null;
  /** Nobody may look elsewhere. */
  readonly locked: boolean;
  /** How often everybody has been called back. */
  readonly calls: number;
  /** The student whose view and pointer are the room's, besides those of whoever leads; null: nobody. */
  readonly spotlight: PersonId | null;
  /** Students who ask for it, the first to ask first; absent until somebody does for the first time. */
  readonly asked?: readonly PersonId[];
};

export const noLead: Lead = { view: null, locked: false, calls: 0, spotlight: null };

/** How a view may be written: the search part of an address without its question mark. */
export const viewPattern = /^[\w.,~%+&=-]*$/;

/** Where somebody points: a layer of a run at one of its steps, whatever plot it is that they see. */
export type Spot = { readonly run: RunId; readonly layer: number | null; readonly step: number };
