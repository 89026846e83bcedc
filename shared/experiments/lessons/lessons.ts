/** What a room can be opened with: the lessons for a class, and every experiment by itself. */
import type { ConfigurationInput } from '../../protocol/configuration-schema.ts';
import type { Lesson } from '../../protocol/lessons.ts';
import { lessonOfExperiment } from '../experiment.ts';
import { experiments } from '../experiments.ts';
import { double1, double2, home, lesson45, quarter } from './class.ts';
import { depth } from './depth.ts';

/** The lessons for a class, and the one for afterwards; the others are experiments. */
export const classLessons: readonly Lesson<ConfigurationInput>[] = [lesson45, quarter, double1, double2, home, depth];

export const lessons: readonly Lesson<ConfigurationInput>[] = [...classLessons, ...experiments.map(lessonOfExperiment)];

/** What is taught where nobody chooses. */
export const defaultLesson = lesson45;

/** Finds a lesson by its id; null when there is none. */
export function lessonOf(id: string): Lesson<ConfigurationInput> | null {
  return lessons.find((lesson) => lesson.id === id) ?? null;
}
