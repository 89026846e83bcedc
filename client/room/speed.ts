/** How fast the server trains: asked for once, when somebody first wants to know how long a run would take. */
import { useSyncExternalStore } from 'react';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { secondsBy } from '../../shared/core/kernels/choice.ts';
import type { Speed } from '../../shared/protocol/wire.ts';

/** A server that has just started has not found out yet. */
const askAgainMs = 2000;

let speed: Speed = { threads: 1, rates: {} };
let asked = false;
const listeners = new Set<() => void>();

async function ask(): Promise<void> {
  const response = await fetch('/api/speed');
  // The server is of one version with this page, so its answers are taken as they come.
  if (response.ok) speed = (await response.json()) as Speed;
  if (Object.keys(speed.rates).length === 0) throw new Error('the server does not know yet');
  for (const listener of listeners) listener();
}

function askUntilKnown(): void {
  ask().catch(() => setTimeout(askUntilKnown, askAgainMs));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!asked) askUntilKnown();
  asked = true;
  return () => listeners.delete(listener);
}

/** What is known of the server's speed: no rates as long as it has not found out. */
export const useSpeed = (): Speed => useSyncExternalStore(subscribe, () => speed);

/** Estimates the seconds of one thread that a new run of a configuration takes; null as long as nobody knows. */
export const useSeconds = (configuration: RunConfiguration): number | null =>
  secondsBy(useSpeed().rates, configuration);
