import { expect, it } from 'vitest';
import { remembering } from '../../client/i18n/words.ts';

it('what was said is remembered by what was asked, and never mixed up', () => {
  const asked: string[] = [];
  const say = remembering((key, values) => {
    asked.push(key);
    return `${key} ${JSON.stringify(values ?? {})}`;
  });
  const said = () => [
    say('plot.layer', { layer: 1 }),
    say('plot.layer', { layer: '1' }),
    say('plot.layer', { layer: 2 }),
    say('plot.run', { label: 'A' }),
    say('app.name'),
  ];
  const first = said();
  expect(new Set(first).size).toBe(5);
  expect(said()).toEqual(first);
  expect(asked).toHaveLength(5);
});
