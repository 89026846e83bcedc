/** What the step-0 laboratory and its worker say to each other. */

/** A configuration to be completed, and how many networks of it to draw. `number` comes back in every report. */
export type StartOrder = { readonly number: number; readonly input: object; readonly networks: number };

export type StartReport = {
  readonly number: number;
  /** Of the hidden layers and the output layer; null where theory does not reach. */
  readonly theory: readonly number[] | null;
  /** Of some networks more, the speed of each hidden layer. */
  readonly speeds: readonly (readonly number[])[];
  /** Of the same networks, the root mean square of each hidden layer's error signals. */
  readonly rms: readonly (readonly number[])[];
};
