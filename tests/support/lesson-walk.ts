/** Teaches a lesson to its end with the one button, and says what the button did at which step. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Lesson } from '../../shared/protocol/lessons.ts';
import type { Person } from './person.ts';

const PATIENCE = { timeout: 90_000 };

/** Presses Next until the lesson is over; `before` sees each move before it is made. */
export async function walk(
  teacher: Page,
  watcher: Person,
  steps: number,
  before: (move: string, step: number) => Promise<void>,
): Promise<string[]> {
  const button = teacher.getByTestId('next');
  const moves: string[] = [];
  const told = (): string => {
    const { lesson, guesses, polls } = watcher.state;
    return JSON.stringify([lesson?.step, lesson?.explaining, lesson?.made, lesson?.guesses, guesses, polls]);
  };
  while (watcher.state.lesson?.step !== steps) {
    await expect.poll(() => button.isEnabled(), PATIENCE).toBe(true);
    const was = told();
    const move = (await button.getAttribute('data-move')) ?? '';
    const step = watcher.state.lesson?.step ?? -1;
    await before(move, step);
    moves.push(`${step} ${move}`);
    // What has not been measured yet is refused, and the button pressed again; a press that comes too late does nothing.
    await expect
      .poll(
        async () => {
          if (told() === was && (await button.isEnabled())) await button.click();
          return told() !== was;
        },
        { ...PATIENCE, interval: 500 },
      )
      .toBe(true);
  }
  return moves;
}

/** What the button does from a lesson's beginning to its end where nobody answers anything. */
export const movesOf = ({ steps }: Lesson<unknown>): string[] =>
  steps.flatMap((step, n) => {
    const onwards = n + 1 < steps.length ? `${n} next` : `${n} end`;
    switch (step.kind) {
      case 'text':
        return [onwards];
      case 'guess':
        return [`${n} open`, `${n} close`, `${n} reveal`, `${n} explain`, onwards];
      case 'runs':
        return [`${n} run`, `${n} explain`, onwards];
      case 'sweep':
        return [`${n} measure`, `${n} explain`, onwards];
      case 'question': {
        const explained = step.runs === undefined ? [] : [`${n} explain`];
        return [`${n} ask`, `${n} close-poll`, `${n} reveal-poll`, ...explained, onwards];
      }
      case 'challenge':
        return [`${n} challenge`, `${n} reveal-challenge`, onwards];
      default:
        return step satisfies never;
    }
  });
