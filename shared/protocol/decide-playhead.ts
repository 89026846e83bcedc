/** Decides where the room looks: pausing, resuming, stepping, pace and seeking. Rules S1 to S7. */
import type { RunConfiguration } from '../core/configuration.ts';
import { nextMeasuredStep, planOf } from '../core/plan.ts';
import type { Command } from './commands.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { isSealed } from './guesses.ts';
import { LEAD_MS, paceFor, playheadAt, shownStepAt } from './playhead.ts';
import { assertNever, refused } from './refusal.ts';
import { lookUp, type RoomState, type RunId, type ShowTime } from './state.ts';

type PlayheadCommand = Extract<Command, { type: 'pause' | 'resume' | 'step' | 'speed' | 'seek' }>;

export function decidePlayhead(state: RoomState, command: PlayheadCommand, given: Circumstances): Decision {
  const { playhead } = state;
  if (playhead === null) return refused('conflict', `there is no run to ${command.type} yet; start one first`);
  const target = command.type === 'seek' ? (command.data.run ?? playhead.run) : playhead.run;
  const run = lookUp(state.runs, target);
  if (run === undefined) return refused('not-found', `there is no run ${target}`, 'data.run');
  if (isSealed(state, run.id))
    return refused('conflict', `there is a guess on ${run.id}; it is shown when that is revealed`, 'data.run');
  const { configuration } = run;
  const plan = planOf(configuration);
  const step = currentPosition(state, given);
  const playing = playhead.pace !== 0;
  const as = (to: Partial<Target>): Decision => {
    const base = { run: run.id, step, showTime: playhead.showTime, playing };
    return { ok: true, events: [move(state, { ...base, ...to }, configuration, given)] };
  };
  switch (command.type) {
    case 'pause':
    case 'seek': {
      const asked = command.data.step ?? step;
      if (asked > plan.steps) {
        return refused('invalid', `step is ${asked}; ${run.id} has steps 0 to ${plan.steps}`, 'data.step');
      }
      return as(command.type === 'pause' ? { step: asked, playing: false } : { step: asked });
    }
    case 'resume':
      // At the end there is nothing more to show, so play begins again.
      return as({ step: step >= plan.steps ? 0 : step, playing: true });
    case 'step': {
      const next = nextMeasuredStep(plan, step);
      if (next === null) return refused('conflict', `the playhead is at the last step, ${plan.steps}`);
      return as({ step: next, playing: false });
    }
    case 'speed':
      return as({ showTime: command.data.showTime });
    default:
      return assertNever(command);
  }
}

/** The step that is shown at the moment a move decided now takes effect. */
export function currentPosition(state: RoomState, given: Circumstances): number {
  const effective = given.now + LEAD_MS;
  const playhead = playheadAt(state, effective);
  if (playhead === null) return 0;
  const front = given.front(playhead.run);
  // Standing still at a step that training has not reached yet is where the room asked to be.
  return playhead.pace === 0 ? playhead.step : shownStepAt(playhead, effective, front);
}

type Target = { readonly run: RunId; readonly step: number; readonly showTime: ShowTime; readonly playing: boolean };

/** The event that moves the playhead from where `state` has it, in force `LEAD_MS` from now. */
export function move(
  state: RoomState,
  target: Target,
  configuration: RunConfiguration,
  given: Circumstances,
): RoomEvent {
  const { run, step, showTime, playing } = target;
  const pace = playing ? paceFor(showTime, planOf(configuration).steps) : 0;
  return {
    type: 'playhead-moved',
    data: { run, step, at: given.now + LEAD_MS, pace, showTime, left: leaving(state, given) },
  };
}

/** What has been seen when the playhead moves on; a step it waited for in vain has not. */
function leaving(state: RoomState, given: Circumstances): { run: RunId; step: number } | null {
  const run = state.playhead?.run;
  return run === undefined ? null : { run, step: Math.min(currentPosition(state, given), given.front(run)) };
}
