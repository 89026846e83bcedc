/** Says in one sentence what a schema found wrong with a value from outside, and where. */
import type { z } from 'zod';

/** Turns the first issue of a schema into a sentence that names the field and the offending value, and the field's path. */
export function describeIssue(error: z.ZodError, input: unknown): [message: string, path: string] {
  const issue = deepestIssue(error.issues[0]);
  if (issue === undefined) return ['is not valid', ''];
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const full = path === '' ? key : `${path}.${key}`;
    return [`${quote(full)} is not a known field here`, full];
  }
  const value = valueAt(input, issue.path);
  const said = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  return [`${path === '' ? 'this' : path} is ${quote(value)}: ${said}`, path];
}

type Issue = z.core.$ZodIssue;

/** In a union, the branch that came furthest says best what is wrong. */
function deepestIssue(issue: Issue | undefined): Issue | undefined {
  if (issue?.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const branches = issue.errors.map((issues) => deepestIssue(issues[0])).filter((found) => found !== undefined);
  const [best] = branches.toSorted((a, b) => b.path.length - a.path.length);
  return best === undefined ? issue : { ...best, path: [...issue.path, ...best.path] };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** Writes a value for an error message, short whatever it is. */
export function quote(value: unknown): string {
  if (value === undefined) return 'missing';
  const written = typeof value === 'number' || typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  if (written === undefined) return typeof value;
  return written.length > 80 ? `${written.slice(0, 77)}...` : written;
}

/** Puts the path of a field inside a configuration under the field of the command that carried it. */
export const within = (outer: string, path: string | undefined): string =>
  path === undefined || path === '' ? outer : `${outer}.${path}`;
