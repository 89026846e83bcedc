/** What an experiment of the chapter is: a question, and the steps in which a class, or one person, comes to an answer. */
import type { ConfigurationInput } from '../protocol/configuration-schema.ts';
import type { Lesson, LessonStep, LessonText } from '../protocol/lessons.ts';

export type Step = LessonStep<ConfigurationInput>;

/** `parts` are its steps in their order, by the names by which lessons choose among them. */
export type Experiment = {
  readonly id: string;
  /** Its place in the chapter, from 1. */
  readonly number: number;
  readonly title: LessonText;
  readonly question: LessonText;
  /** How long all of it takes a class. */
  readonly minutes: number;
  /** For those who want to know more than one lesson has room for. */
  readonly deeper: boolean;
  readonly parts: Readonly<Record<string, Step>>;
};

/** A text in both languages; paragraphs are separated by an empty line. */
export const said = (en: string, zhCN: string): LessonText => ({ en, 'zh-CN': zhCN });

/** An experiment as a lesson by itself. */
export const lessonOfExperiment = ({ id, title, parts }: Experiment): Lesson<ConfigurationInput> => ({
  id,
  title,
  steps: Object.values(parts),
});

/** Some steps of an experiment, all of them where none are named, for a lesson made of several. */
export function from({ id, title, parts }: Experiment, ...names: readonly string[]): Step[] {
  const chosen = names.length === 0 ? Object.keys(parts) : names;
  return chosen.map((name) => {
    const step = parts[name];
    if (step === undefined) throw new Error(`invariant violation: the experiment ${id} has no part ${name}`);
    return { ...step, of: title };
  });
}
