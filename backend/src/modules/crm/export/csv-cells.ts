/**
 * A value as a CSV cell. A text that a spreadsheet would run as a formula gets an apostrophe in front, which our import takes off
 * again; plain numbers are harmless and stay.
 */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return guarded(value.join(';'))
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return guarded(String(value))
}

function guarded(text: string): string {
  if (!/^[=+\-@\t\r]/.test(text) && !/^'[=+\-@\t\r]/.test(text)) return text
  return /^-\d+(\.\d+)?$/.test(text) ? text : `'${text}`
}

/** One line as RFC 4180 has it. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}
