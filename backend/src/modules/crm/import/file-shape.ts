import { parse } from 'csv-parse/sync'
import { AppError } from '#backend/kernel/errors.ts'
import type { TableFormat } from './formats/table-file.ts'

export type FileFormat = 'csv' | 'json' | 'jsonl' | TableFormat
export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

const signatures: readonly [beginnings: readonly string[], name: string, advice: string][] = [
  [['PK'], 'a zip archive', 'Unpack it and import what is inside.'],
  [['\x1f\x8b'], 'compressed (gzip)', 'Unpack it first.'],
  [['%PDF-'], 'a PDF', 'Export the data as CSV or JSON and import that.'],
  [['\x89PNG', '\xff\xd8\xff', 'GIF8'], 'a picture', 'Export the data as CSV or JSON and import that.'],
]

/**
 * Refuses what cannot be a table of records, by its first bytes.
 * @throws AppError VALIDATION in one sentence that says what the file is
 */
export function refuseGarbage(head: Buffer): void {
  if (head.length === 0) throw new AppError('VALIDATION', 'The file is empty; nothing was imported.')
  const start = head.subarray(0, 512).toString('latin1')
  for (const [beginnings, name, advice] of signatures) {
    if (beginnings.some((beginning) => start.startsWith(beginning)))
      throw new AppError('VALIDATION', `The file is ${name}, not a table of records; nothing was imported. ${advice}`)
  }
}

/** @throws AppError VALIDATION when the text is a web page, blank or no text at all */
export function refuseGarbageText(text: string): void {
  const start = text.slice(0, 65_536)
  if (start.trim() === '') throw new AppError('VALIDATION', 'The file holds nothing but blanks; nothing was imported.')
  if (/^\s*<(!doctype|html|head|body|\?xml)/i.test(start))
    throw new AppError(
      'VALIDATION',
      'The file is a web page or XML, not CSV or JSON; nothing was imported. Perhaps a sign-in page was saved instead of the export.',
    )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text
  const controls = start.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]/g)?.length ?? 0
  if (controls > 0 && (start.includes('\0') || controls > start.length / 200)) {
    throw new AppError('VALIDATION', 'The file is binary data, not CSV or JSON; nothing was imported.')
  }
}

/** JSON arrays and `{"items":[…]}` are `json`, one object a line is `jsonl`, everything else is CSV. */
export function detectFormat(text: string): FileFormat {
  const start = text.slice(0, 4096).trimStart()
  if (start.startsWith('[') && /^\[\s*(\{|\]|$)/.test(start)) return 'json'
  if (/^\{\s*"(items|data|records|rows)"\s*:\s*\[/.test(start)) return 'json'
  if (/^\{\s*("|\}|$)/.test(start)) return 'jsonl'
  return 'csv'
}

/** Excel's first line "sep=;", which names the delimiter and is no row. */
export const declaredDelimiter = /^\ufeff?"?sep=([,;\t|])"?\s*(?:\r|\n|$)/i

/** The delimiter under which the first lines fall into the most, and the most equal, columns. */
export function guessDelimiter(text: string): Delimiter {
  const declared = declaredDelimiter.exec(text)?.[1]
  if (declared !== undefined) return declared as Delimiter
  const sample = text.slice(0, 65_536)
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const rows = (
      parse(sample, {
        delimiter,
        to: 60,
        relax_column_count: true,
        relax_quotes: true,
        skip_records_with_error: true,
        skip_empty_lines: true,
        max_record_size: 60_000,
      }) as string[][]
    ).slice(0, 59)
    const width = rows[0]?.length ?? 1
    if (width < 2) continue
    const equal = rows.filter((row) => row.length === width).length / rows.length
    const score = equal * equal * Math.log2(width + 1)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}
