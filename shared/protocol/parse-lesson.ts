/** Completes the configurations of a lesson as somebody wrote it, and refuses what no room of this server could be taught with. */
import type { RunConfiguration } from '../core/configuration.ts';
import { isMeasured, planOf } from '../core/plan.ts';
import { applyChange, parseConfiguration } from './configuration.ts';
import { cellCount, cellOf, type ChallengeTask, type MatchedConfiguration } from './challenges.ts';
import type { Lesson, LessonStep } from './lessons.ts';
import type { Limits } from './limits.ts';
import { accepted, refused, type Result } from './refusal.ts';
import { within } from './schema-errors.ts';
import { changeTo } from './sweeps.ts';

/** Returns the lesson with whole configurations; a refusal's path names the step and the field, from `lesson`. */
export function parseLesson(lesson: Lesson<unknown>, limits: Limits): Result<Lesson> {
  const steps: LessonStep[] = [];
  for (const [n, step] of lesson.steps.entries()) {
    const parsed = parseStep(step, limits);
    if (!parsed.ok)
      return refused(parsed.error.code, parsed.error.message, within(`lesson.steps.${n}`, parsed.error.path));
    steps.push(parsed.value);
  }
  return accepted({ ...lesson, steps });
}

function parseStep(step: LessonStep<unknown>, limits: Limits): Result<LessonStep> {
  switch (step.kind) {
    case 'text':
      return accepted(step);
    case 'question': {
      const { runs, ...rest } = step;
      if (runs === undefined) return accepted(rest);
      const parsed = allOf(runs, limits);
      return parsed.ok ? accepted({ ...rest, runs: parsed.value }) : parsed;
    }
    case 'guess': {
      const parsed = configurationOf(step.configuration, limits, 'configuration');
      if (!parsed.ok) return parsed;
      const { hidden } = parsed.value;
      if (hidden.length < 2) {
        const message = `hidden is [${hidden.join(', ')}]; a guess compares at least 2 layers`;
        return refused('invalid', message, 'configuration.hidden');
      }
      if (step.step !== null && !isMeasured(planOf(parsed.value), step.step))
        return refused('invalid', `step is ${step.step}; the run is not measured there`, 'step');
      return accepted({ ...step, configuration: parsed.value });
    }
    case 'runs': {
      const parsed = allOf(step.runs, limits);
      return parsed.ok ? accepted({ ...step, runs: parsed.value }) : parsed;
    }
    case 'sweep': {
      const parsed = configurationOf(step.configuration, limits, 'configuration');
      if (!parsed.ok) return parsed;
      for (const [n, value] of step.values.entries()) {
        const changed = applyChange(parsed.value, changeTo(parsed.value, step.field, value), limits);
        if (!changed.ok) return refused(changed.error.code, changed.error.message, `values.${n}`);
      }
      return accepted({ ...step, configuration: parsed.value });
    }
    case 'challenge': {
      const task = taskOf(step.task, limits);
      return task.ok ? accepted({ ...step, task: task.value }) : task;
    }
    default:
      return step satisfies never;
  }
}

function taskOf(task: ChallengeTask<unknown>, limits: Limits): Result<ChallengeTask> {
  if (task.kind === 'match') {
    const configurations: MatchedConfiguration[] = [];
    for (const [n, { name, configuration }] of task.configurations.entries()) {
      const parsed = configurationOf(configuration, limits, `task.configurations.${n}.configuration`);
      if (!parsed.ok) return parsed;
      configurations.push({ name, configuration: parsed.value });
    }
    return accepted({ kind: 'match', configurations });
  }
  const parsed = configurationOf(task.configuration, limits, 'task.configuration');
  if (!parsed.ok) return parsed;
  if (task.kind === 'rescue') return accepted({ ...task, configuration: parsed.value });
  const whole = { ...task, configuration: parsed.value };
  for (let index = 0; index < cellCount(whole); index++) {
    const cell = applyChange(parsed.value, cellOf(whole, index).change, limits);
    if (!cell.ok) return refused(cell.error.code, cell.error.message, 'task');
  }
  return accepted(whole);
}

function allOf(inputs: readonly unknown[], limits: Limits): Result<RunConfiguration[]> {
  const runs: RunConfiguration[] = [];
  for (const [n, run] of inputs.entries()) {
    const parsed = configurationOf(run, limits, `runs.${n}`);
    if (!parsed.ok) return parsed;
    runs.push(parsed.value);
  }
  return accepted(runs);
}

function configurationOf(input: unknown, limits: Limits, path: string): Result<RunConfiguration> {
  const parsed = parseConfiguration(input, limits);
  return parsed.ok ? parsed : refused(parsed.error.code, parsed.error.message, within(path, parsed.error.path));
}
