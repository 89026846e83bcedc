/** A page that trains by itself works without the server only if every piece of it that comes later has come before. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const client = join(import.meta.dirname, '../../client');
/** What no room in a page ever comes to: other pages, what is for a class, and the languages, of which one is there. */
const elsewhere = ['after/', 'home/', 'i18n/', 'pages/', 'ready/', 'shell/', 'solo/'];

/** Packages and files that a pattern finds in a file of the client. */
const named = (file: string, pattern: RegExp): string[] =>
  [...readFileSync(join(client, file), 'utf8').matchAll(pattern)].map(([, name = '']) =>
    name.startsWith('.') ? normalize(join(dirname(file), name.replace('?worker&url', ''))) : name,
  );

const loads = /\bimport\('([^']+)'\)/g;
const starts = /new Worker\(new URL\('([^']+)'/g;

test('whatever is fetched later in a room is on the list of what is fetched before', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: client }).filter(
    (file) => !elsewhere.some((folder) => file.startsWith(folder)),
  );
  const later = files.flatMap((file) => [...named(file, loads), ...named(file, starts)]);
  const wanted = [...new Set(later)].filter((name) => !name.startsWith('..')).toSorted();
  expect(wanted.length).toBeGreaterThan(15);
  const listed = [...new Set(named('solo/warm.ts', loads))].toSorted();
  expect(listed).toEqual(wanted);
});
