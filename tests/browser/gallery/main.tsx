/**
 * One plot of the room on an otherwise empty page, without a server: what the room knows is handed in, and what the page asks for
 * is answered by the test. For tests only; no page of the lab leads here.
 */
import { theme } from '../../../client/theme.ts';
import './gallery.css';

const faces = theme.fontFamily ?? 'sans-serif';
// Before anything reads it: the plots take their face from the theme when they are loaded.
Object.assign(theme, { fontFamily: `Gallery, ${faces}` });

await Promise.all([document.fonts.load('16px Gallery'), document.fonts.load('bold 16px Gallery')]);
const { hang } = await import('./hang.tsx');
await hang();
