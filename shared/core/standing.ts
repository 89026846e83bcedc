/** Where a run stands. `stopped`: it was halted before its end. A run that diverged names the layer (1-based) and the step at which a number stopped being finite. */
export type RunStanding =
  | { readonly kind: 'training' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'diverged'; readonly step: number; readonly layer: number; readonly what: 'cost' | 'parameter' };
