/**
 * Names that somebody in the back row would try. `becomes` is what the room makes of a name; null: it is refused. Every one of
 * them is tried without a server, over a socket, and on the page.
 */
export type HostileName = { readonly what: string; readonly typed: string; readonly becomes: string | null };

const marks = '\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309'.repeat(6);

export const hostileNames: readonly HostileName[] = [
  // what changes the direction of what comes after it
  { what: 'right-to-left override', typed: 'Ada\u202Egnp.exe', becomes: 'Adagnp.exe' },
  { what: 'left-to-right override', typed: '\u202DAda\u202C', becomes: 'Ada' },
  { what: 'embeddings', typed: '\u202AAda\u202B Love\u202Clace', becomes: 'Ada Lovelace' },
  { what: 'isolates that are never closed', typed: '\u2066\u2067\u2068Ada2', becomes: 'Ada2' },
  { what: 'marks of direction', typed: '\u200EAda\u200F3\u061C', becomes: 'Ada3' },
  { what: 'only directions', typed: '\u202E\u2066\u200F', becomes: null },
  { what: 'Arabic, which may be', typed: 'ليلى', becomes: 'ليلى' },
  { what: 'Hebrew beside digits', typed: 'דוד 123', becomes: 'דוד 123' },

  // piles
  { what: 'sixty marks on a letter', typed: `Z${marks}algo`, becomes: 'Z\u0300\u0301\u0302algo' },
  {
    what: 'marks on every letter',
    typed: `a${marks}q${marks}`,
    becomes: '\u00E0\u0301\u0302\u0303q\u0300\u0301\u0302',
  },
  { what: 'marks that enclose', typed: 'X\u20DD\u20DE\u20DF\u20E0\u20E3', becomes: 'X\u20DD\u20DE\u20DF' },
  { what: 'only marks', typed: marks, becomes: null },
  {
    what: 'an Arabic sentence in one sign',
    typed: '\uFDFA',
    becomes: '\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064A\u0647 \u0648\u0633\u0644\u0645',
  },
  { what: 'the widest sign there is', typed: '\uFDFD'.repeat(24), becomes: '\uFDFD'.repeat(24) },

  // what nobody sees
  { what: 'zero-width spaces', typed: 'A\u200Bd\u200Ba4', becomes: 'Ada4' },
  { what: 'joiners between letters', typed: 'A\u200Cd\u200Da5', becomes: 'Ada5' },
  { what: 'a byte order mark', typed: '\uFEFFAda6', becomes: 'Ada6' },
  { what: 'soft hyphens', typed: 'A\u00ADd\u00ADa7', becomes: 'Ada7' },
  { what: 'only zero width', typed: '\u200B\u200C\u200D\u2060\uFEFF', becomes: null },
  { what: 'the Hangul filler', typed: '\u3164\u3164', becomes: null },
  { what: 'the Braille blank', typed: '\u2800\u2800\u2800', becomes: null },
  { what: 'tags', typed: 'Ada8\u{E0041}\u{E0042}', becomes: 'Ada8' },
  { what: 'private signs', typed: '\uE000\u{F0000}', becomes: null },
  { what: 'half a pair', typed: 'Ada9\uD83D', becomes: 'Ada9' },
  { what: 'control characters', typed: 'A\u0000d\u0007a\u001B[31m10', becomes: 'Ada[31m10' },
  { what: 'line breaks', typed: 'Ada\r\n11\u2028\u2029x', becomes: 'Ada 11 x' },
  { what: 'only blanks', typed: ' \t\u00A0\u3000 ', becomes: null },
  { what: 'nothing', typed: '', becomes: null },

  // emoji
  { what: 'a family', typed: '👨‍👩‍👧‍👦', becomes: '👨‍👩‍👧‍👦' },
  { what: 'joiners without end', typed: `😀${'\u200D'.repeat(200)}`, becomes: '😀' },
  { what: 'a chain of a hundred joined emoji', typed: Array(100).fill('😀').join('\u200D'), becomes: null },
  { what: 'selectors without end', typed: `❤${'\uFE0F'.repeat(50)}`, becomes: '❤\uFE0F' },
  { what: 'half a flag', typed: '🇨', becomes: '🇨' },
  { what: 'twenty-five emoji', typed: '🤖'.repeat(25), becomes: null },

  // length
  { what: 'ten thousand letters', typed: 'x'.repeat(10_000), becomes: null },
  { what: 'ten kilobytes of emoji', typed: '💥'.repeat(2500), becomes: null },
  { what: 'a letter under ten thousand marks', typed: `a${'\u0301'.repeat(10_000)}`, becomes: null },
  { what: 'twenty-five letters', typed: 'abcdefghijklmnopqrstuvwxy', becomes: null },

  // what a page would run
  { what: 'a script', typed: '<script>alert(1)', becomes: '<script>alert(1)' },
  { what: 'an image that fails', typed: '<img src onerror=alert()', becomes: '<img src onerror=alert()' },
  { what: 'a full-width script', typed: '＜script＞alert(2)', becomes: '<script>alert(2)' },
  { what: 'an attribute', typed: '" onclick="alert(1)', becomes: '" onclick="alert(1)' },
  { what: 'an entity', typed: '&lt;b&gt;', becomes: '&lt;b&gt;' },
  { what: 'a template', typed: '{{name}} $t(app.name)', becomes: '{{name}} $t(app.name)' },
  { what: 'an address', typed: 'javascript:alert(1)', becomes: 'javascript:alert(1)' },
  { what: 'what objects inherit', typed: '__proto__', becomes: '__proto__' },

  // what a spreadsheet would compute
  { what: 'a formula', typed: '=1+1', becomes: '=1+1' },
  { what: 'a call', typed: "=cmd|' /C calc'!A0", becomes: "=cmd|' /C calc'!A0" },
  { what: 'a plus', typed: '+1+1', becomes: '+1+1' },
  { what: 'a minus', typed: '-1+1', becomes: '-1+1' },
  { what: 'an at', typed: '@SUM(A1)', becomes: '@SUM(A1)' },
  { what: 'a full-width formula', typed: '＝2+2', becomes: '=2+2' },
  { what: 'a formula behind a tab', typed: '\t=3+3', becomes: '=3+3' },
  { what: 'quotes, commas and semicolons', typed: 'A","B";=1', becomes: 'A","B";=1' },
];
