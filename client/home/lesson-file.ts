/**
 * A file that somebody brings to open a room with: a template kept after a class, or a lesson that an instructor has written. What
 * is wrong with it is said with the line on which it stands.
 */
import { findNodeAtLocation, type ParseError, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Refusal } from '../../shared/protocol/refusal.ts';
import { templateFormat } from '../../shared/protocol/template.ts';
import { fieldOf } from '../room/refusals.ts';

/** `within` is where the file's content stands in the template that is sent. */
export type LessonFile = { readonly template: unknown; readonly text: string; readonly within: string };

export type Fault = { readonly line: number; readonly message: string };

/** Reads a file; a lesson by itself becomes a template. Returns the first fault where the text is no JSON. */
export function readLessonFile(text: string): { ok: true; file: LessonFile } | { ok: false; fault: Fault } {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first !== undefined) {
    return { ok: false, fault: { line: lineAt(text, first.offset), message: printParseErrorCode(first.error) } };
  }
  if (fieldOf(value, 'kind') !== undefined || fieldOf(value, 'steps') === undefined) {
    return { ok: true, file: { template: value, text, within: 'template' } };
  }
  const title = fieldOf(fieldOf(value, 'title'), 'en');
  const template = {
    kind: 'deltaroom-template',
    format: templateFormat,
    title: typeof title === 'string' ? title : '',
    base: firstConfiguration(value),
    lesson: value,
  };
  return { ok: true, file: { template, text, within: 'template.lesson' } };
}

/** What proposals start from in a room of a lesson: the first network that the lesson has. */
function firstConfiguration(lesson: unknown): unknown {
  const steps = fieldOf(lesson, 'steps');
  for (const step of Array.isArray(steps) ? (steps as unknown[]) : []) {
    const runs = fieldOf(step, 'runs');
    const configuration = fieldOf(step, 'configuration') ?? (Array.isArray(runs) ? (runs as unknown[])[0] : undefined);
    if (configuration !== undefined) return configuration;
  }
  return { dataset: { name: 'mnist', train: 1000, test: 0 }, hidden: [30, 30] };
}

/** Finds what the server refused in a file; null where it is not about the file. */
export function faultOf(
  { text, within }: LessonFile,
  { message, path }: Pick<Refusal, 'message' | 'path'>,
): Fault | null {
  // The server names a lesson's own faults without the template around it.
  const full = path === undefined ? '' : path.startsWith('template') ? path : `template.${path}`;
  if (!full.startsWith(within)) return null;
  const tree = parseTree(text);
  if (tree === undefined) return null;
  const segments = full
    .slice(within.length)
    .split('.')
    .filter((segment) => segment !== '')
    .map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));
  // What is missing has no place of its own: then it is its parent's.
  for (let length = segments.length; length >= 0; length--) {
    const node = findNodeAtLocation(tree, segments.slice(0, length));
    if (node !== undefined) return { line: lineAt(text, node.offset), message };
  }
  return { line: 1, message };
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
