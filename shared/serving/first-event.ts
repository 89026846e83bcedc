/** How a room begins: what somebody wishes for becomes its first event, or a refusal. */
import { parseConfiguration } from '../protocol/configuration.ts';
import type { NumberedEvent } from '../protocol/events.ts';
import type { Lesson } from '../protocol/lessons.ts';
import type { Limits } from '../protocol/limits.ts';
import { parseLesson } from '../protocol/parse-lesson.ts';
import { type Prepared, preparedOf } from '../protocol/template.ts';
import { accepted, refused, type Result } from '../protocol/refusal.ts';
import type { Language } from '../protocol/state.ts';

export type RoomWish = {
  readonly title: string;
  readonly language: Language;
  readonly experiment: string;
  readonly configuration: unknown;
  readonly rehearsal?: boolean;
  /** What is to be taught; null: the room is led by hand. */
  readonly lesson: Lesson<unknown> | null;
  /** What comes along from a room of before. */
  readonly prepared?: Prepared;
};

/** What whoever serves a room gives it: its names, and the time in ms. */
export type Given = { readonly id: string; readonly code: string; readonly at: number };

/** Completes the configurations of a wish; refused where one of them is beyond the limits. */
export function parseWish(wish: RoomWish, limits: Limits): Result<(given: Given) => NumberedEvent> {
  const base = parseConfiguration(wish.configuration, limits);
  if (!base.ok) return refused(base.error.code, base.error.message, base.error.path);
  const lesson = wish.lesson === null ? null : parseLesson(wish.lesson, limits);
  if (lesson?.ok === false) return lesson;
  const { title, language, experiment } = wish;
  return accepted(({ id, code, at }) => ({
    seq: 1,
    at,
    by: 'server',
    type: 'room-created',
    data: {
      id,
      code,
      title,
      language,
      experiment,
      base: base.value,
      ...(lesson === null ? {} : { lesson: lesson.value }),
      ...(wish.rehearsal === true ? { rehearsal: true } : {}),
      ...(wish.prepared === undefined ? {} : preparedOf(wish.prepared)),
    },
  }));
}
