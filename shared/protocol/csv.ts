/** Writes texts that people typed into CSV: as one cell each, and as nothing that a spreadsheet would compute. */

/** What makes spreadsheets take a cell for a formula, behind blanks too; full-width signs are taken for the plain ones. */
const formula = /^\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20|%\t\r]/u;

/**
 * Returns a text as one cell of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before
 * it, which spreadsheets do not show; numbers are written as they are, so give those as numbers.
 */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const plain = formula.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]|^\s|\s$/u.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
