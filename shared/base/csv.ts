/** A spreadsheet would run these as a formula; a camera's name must not. */
const formulaStart = /^[=+\-@\t\r]/;

/** One line of a CSV file after RFC 4180; what a spreadsheet would take for a formula is made text. */
export function csvLine(cells: readonly string[]): string {
  return cells.map(csvCell).join(",");
}

function csvCell(text: string): string {
  const isNumber = /^[+-]?\d+(\.\d+)?$/.test(text);
  const safe = formulaStart.test(text) && !isNumber ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A whole CSV file: with a byte order mark, so that spreadsheets read it as UTF-8. */
export function csvFile(heading: readonly string[], lines: readonly (readonly string[])[]): string {
  return `\uFEFF${[heading, ...lines].map(csvLine).join("\r\n")}\r\n`;
}
