/** The lessons that a room can be opened with. */
import type { ConfigurationInput } from '../../protocol/configuration-schema.ts';
import type { Lesson } from '../../protocol/lessons.ts';
import { depth } from './depth.ts';

export const lessons: readonly Lesson<ConfigurationInput>[] = [depth];

/** What is taught where nobody chooses. */
export const defaultLesson = depth;

/** Finds a lesson by its id; null when there is none. */
export function lessonOf(id: string): Lesson<ConfigurationInput> | null {
  return lessons.find((lesson) => lesson.id === id) ?? null;
}
