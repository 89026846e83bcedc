/**
 * One plot of the room on an otherwise empty page, without a server: what the room knows is handed in, and what the page asks for
 * is answered by the test. For tests only; no page of the lab leads here.
 */
import { theme } from '../../../client/theme.ts';

const faces = theme.fontFamily ?? 'sans-serif';
// Before anything reads it: the plots take their face from the theme when they are loaded.
Object.assign(theme, { fontFamily: `Gallery, ${faces}` });

// Letters of other fonts are wider or narrower, and move what stands beside them.
for (const [name, weight] of [
  ['Regular', '100 549'],
  ['Bold', '550 900'],
] as const) {
  const face = new FontFace('Gallery', `url(/OpenSans-${name}.ttf)`, { weight });
  document.fonts.add(await face.load());
}
const { hang } = await import('./hang.tsx');
await hang();
