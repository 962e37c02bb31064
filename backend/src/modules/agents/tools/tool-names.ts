/** A tool's name as providers of models allow it: `records.query` is `records_query` there. */
export function toWireName(name: string): string {
  return name.replaceAll('.', '_')
}
