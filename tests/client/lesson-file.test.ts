/** Files that instructors bring: a template, a lesson of their own, and what is wrong with one by its line. */
import { expect, test } from 'vitest';
import { faultOf, readLessonFile } from '../../client/home/lesson-file.ts';
import { templateSchema } from '../../shared/protocol/template.ts';

const lesson = `{
  "id": "mine",
  "title": { "en": "Mine", "zh-CN": "我的课" },
  "steps": [
    {
      "kind": "runs",
      "title": { "en": "A run", "zh-CN": "一次训练" },
      "lead": { "en": "Watch.", "zh-CN": "请看。" },
      "runs": [{ "dataset": { "name": "mnist" }, "hidden": [30, 30] }],
      "text": { "en": "So it is.", "zh-CN": "就是这样。" }
    }
  ]
}`;

function fileOf(text: string) {
  const read = readLessonFile(text);
  if (!read.ok) throw new Error(`line ${read.fault.line}: ${read.fault.message}`);
  return read.file;
}

test('a lesson by itself becomes a template that proposals can start from', () => {
  const { template } = fileOf(lesson);
  expect(templateSchema.safeParse(template)).toMatchObject({
    success: true,
    data: { title: 'Mine', base: { hidden: [30, 30] }, lesson: { id: 'mine' } },
  });
});

test('a template stays what it is', () => {
  const template = { kind: 'deltaroom-template', format: 1, title: '', base: {}, lesson: null };
  expect(fileOf(JSON.stringify(template))).toMatchObject({ template, within: 'template' });
});

test.each([
  [lesson.replace('"id": "mine",', '"id": "mine"'), 3],
  [lesson.replace('"steps"', 'steps'), 4],
  ['', 1],
])('text that is no JSON is refused with its line (%#)', (text, line) => {
  expect(readLessonFile(text)).toMatchObject({ ok: false, fault: { line } });
});

test.each([
  ['template.lesson.steps.0.lead.en', 8],
  ['lesson.steps.0.runs.0.hidden.0', 9],
  ['template.lesson.steps.0.runs.0.epochs', 9],
  ['template.lesson.steps.0', 5],
  ['template.lesson', 1],
])('what the server refuses at %s stands on line %i', (path, line) => {
  expect(faultOf(fileOf(lesson), { message: 'is wrong', path })).toEqual({ line, message: 'is wrong' });
});

test('what the server refuses besides the file has no line in it', () => {
  expect(faultOf(fileOf(lesson), { message: 'too many rooms' })).toBeNull();
});
