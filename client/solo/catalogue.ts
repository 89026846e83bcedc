/** What one person can do alone: the experiments of the chapter in its order, every lesson by its name, and single runs. */
import type { ConfigurationInput } from '../../shared/protocol/configuration-schema.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { type ImageChoice, partsOf } from '../../shared/protocol/images.ts';
import { type Lesson, type LessonText, trainedBy } from '../../shared/protocol/lessons.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import type { RoomWish } from '../../shared/serving/first-event.ts';
import { lessonOf } from '../../shared/experiments/lessons/lessons.ts';
import { presetOf } from '../../shared/experiments/presets.ts';

/** Something that can be opened by its id; `lesson` is null where there is nothing but a run. */
export type Opening = {
  readonly id: string;
  readonly title: LessonText;
  readonly lesson: Lesson<ConfigurationInput> | null;
  /** What the room starts from where its person proposes something else. */
  readonly base: ConfigurationInput;
};

/** What proposals start from where a lesson trains nothing. */
const usual = 'book-2';

/** Finds what is to be opened; null where there is nothing of that id. */
export function openingOf(id: string): Opening | null {
  const lesson = lessonOf(id);
  const preset = presetOf(lesson === null ? id : usual);
  if (preset === null) return null;
  if (lesson === null) return { id, title: preset.title, lesson, base: preset.configuration };
  const [first] = lesson.steps.flatMap(trainedBy);
  return { id, title: lesson.title, lesson, base: first ?? preset.configuration };
}

/** What a room in this page is opened with. */
export const wishFor = ({ id, lesson, base }: Opening, language: RoomWish['language']): RoomWish => ({
  title: '',
  language,
  experiment: id,
  configuration: base,
  lesson,
});

/** The images without which not all of it can be done: enough for the run that needs most, 1,000 at least. */
export function imagesFor({ lesson, base }: Opening): ImageChoice {
  const choices = [base, ...(lesson?.steps.flatMap(trainedBy) ?? [])].flatMap(imagesOf);
  const most = (counts: readonly number[]): number => Math.max(0, ...counts);
  return { train: most([1000, ...choices.map(({ train }) => train)]), test: most(choices.map(({ test }) => test)) };
}

/** How many images are fetched for a choice, which come in parts. */
export const imagesFetched = (choice: ImageChoice): number => 1000 * partsOf(choice).length;

/** The images of a configuration with its defaults; none where it learns from something else. */
function imagesOf(configuration: ConfigurationInput): ImageChoice[] {
  const parsed = parseConfiguration(configuration, defaultLimits);
  return parsed.ok && parsed.value.dataset.name === 'mnist' ? [parsed.value.dataset] : [];
}
