import { AppError } from '#backend/kernel/errors.ts'

/**
 * What a workbook, address book or mailbox becomes on arrival: a text file of rows that is read like any other, again and again and
 * from its beginning after a crash. One JSON list a line: `["h", …]` names columns, `[row, …]` is a row, `["p", row, "…"]` one that cannot be taken.
 */
const mark = '{"chatsg":"table",'
const maxLineLength = 64_000_000

export const tableFormats = ['xlsx', 'vcard', 'eml', 'mbox'] as const
export type TableFormat = (typeof tableFormats)[number]

export interface TableOrigin {
  format: TableFormat
  /** Of a workbook: the sheet that was read, and all there are. */
  sheet?: string | undefined
  sheets?: string[] | undefined
}

export function tableHead(origin: TableOrigin): string {
  return `${mark}${JSON.stringify(origin).slice(1)}\n`
}

export const headingsLine = (names: readonly string[]): string => `${JSON.stringify(['h', ...names])}\n`
export const rowLine = (row: number, cells: readonly string[]): string => `${JSON.stringify([row, ...cells])}\n`
export const problemLine = (row: number, problem: string): string => `${JSON.stringify(['p', row, problem])}\n`

/** What the file was before it became a table; undefined when it is no table. */
export function tableOriginOf(head: Buffer): TableOrigin | undefined {
  if (!head.subarray(0, mark.length).equals(Buffer.from(mark))) return undefined
  const end = head.indexOf(0x0a)
  const line = end < 0 ? '' : head.subarray(0, end).toString('utf8')
  try {
    const { format, sheet, sheets } = JSON.parse(line) as Partial<TableOrigin>
    const known = tableFormats.find((name) => name === format)
    return known === undefined ? undefined : { format: known, sheet, sheets }
  } catch {
    // A text somebody sent that begins like a table and is none.
    return undefined
  }
}

export type TableLine = { headings: string[] } | { row: number; cells: string[] } | { row: number; problem: string }

/** Reads the lines after the first; a last line that is cut off is left out, as the head of a file ends anywhere. */
export async function* readTableLines(text: AsyncIterable<string>): AsyncGenerator<TableLine> {
  let rest = ''
  let isFirst = true
  for await (const chunk of text) {
    const lines = (rest === '' ? chunk : rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > maxLineLength) throw notOurs()
    for (const line of lines) {
      if (isFirst) isFirst = false
      else yield toTableLine(line)
    }
  }
}

function toTableLine(line: string): TableLine {
  const [kind, ...cells] = parseLine(line)
  if (kind === 'h') return { headings: cells }
  const row = Number(kind === 'p' ? cells[0] : kind)
  if (!Number.isSafeInteger(row)) throw notOurs()
  return kind === 'p' ? { row, problem: cells[1] ?? '' } : { row, cells }
}

/** Anybody may send a file that begins like one of ours. */
function parseLine(line: string): string[] {
  let values: unknown
  try {
    values = JSON.parse(line)
  } catch (cause) {
    throw notOurs(cause)
  }
  if (!Array.isArray(values) || values.some((value) => typeof value !== 'string' && typeof value !== 'number')) throw notOurs()
  return values.map(String)
}

function notOurs(cause?: unknown): AppError {
  return new AppError('VALIDATION', 'The file begins like one of our own tables and is none; nothing was imported. Send CSV, JSON or a workbook.', { cause })
}
