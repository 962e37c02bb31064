/** Text that a spreadsheet would run as a formula is led by an apostrophe; plain negative numbers stay numbers. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  let text = Array.isArray(value) ? value.join('; ') : typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = `'${text}`
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows as RFC 4180 text with a heading line. */
export function toCsv(columns: readonly { key: string; label: string }[], rows: readonly Readonly<Record<string, unknown>>[]): string {
  const lines = [columns.map((column) => cell(column.label)).join(',')]
  for (const row of rows) lines.push(columns.map((column) => cell(row[column.key])).join(','))
  return `${lines.join('\r\n')}\r\n`
}

/** Tab-separated, as spreadsheets take it from the clipboard. */
export function toTsv(columns: readonly { key: string; label: string }[], rows: readonly Readonly<Record<string, unknown>>[]): string {
  const plain = (value: unknown) => (Array.isArray(value) ? value.join('; ') : String(value ?? '')).replace(/[\t\r\n]+/g, ' ')
  return [columns.map((column) => column.label), ...rows.map((row) => columns.map((column) => plain(row[column.key])))]
    .map((line) => line.join('\t'))
    .join('\n')
}
