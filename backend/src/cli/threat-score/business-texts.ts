import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { readArchive, readText } from './archive.ts'

/** Sentences, messages, mails and product texts that people wrote; none of them is an attack. */
export function readBusinessTexts(data: string): Map<string, string[]> {
  const texts = new Map<string, string[]>()
  for (const folder of ['email', 'product_search']) for (const path of filesUnder(join(data, folder))) addFile(texts, path, path.slice(data.length + 1))
  return texts
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
    .sort()
}

const add = (texts: Map<string, string[]>, name: string, values: readonly (string | undefined)[]) => {
  const kept = values.filter((value): value is string => value !== undefined && value.trim() !== '')
  if (kept.length > 0) texts.set(name, kept)
}

function addFile(texts: Map<string, string[]>, path: string, name: string): void {
  if (/PROVENANCE|lexicon|categories|gt\.csv|accuracy|expected/.test(name)) return
  if (name.endsWith('.tar.gz'))
    add(
      texts,
      name,
      [...readArchive(path)].flatMap(([file, text]) => fromArchive(file, text)),
    )
  else if (/vader/.test(name))
    add(
      texts,
      name,
      lines(path).map((line) => line.split('\t')[2]),
    )
  else if (/parakweet|testSet/.test(name))
    add(
      texts,
      name,
      lines(path).map((line) => line.split('\t').slice(1).join('\t')),
    )
  else if (name.endsWith('.tsv.gz'))
    add(
      texts,
      name,
      lines(path)
        .slice(1)
        .filter((line) => line.startsWith('ham'))
        .map((line) => line.split('\t')[1]),
    )
  else if (/\.csv(?:\.gz)?$/.test(name)) add(texts, name, cells(path, name))
}

const lines = (path: string): string[] => readText(path).split(/\r?\n/)

function cells(path: string, name: string): string[] {
  const delimiter = /known_item/.test(name) ? ['|', ',', '\t'] : ','
  const rows: string[][] = parse(readText(path), { delimiter: pickDelimiter(path, delimiter), relax_quotes: true, relax_column_count: true })
  return rows
    .slice(1)
    .flat()
    .filter((cell) => /\p{L}/u.test(cell))
}

function pickDelimiter(path: string, delimiters: string | string[]): string {
  if (typeof delimiters === 'string') return delimiters
  const [head = ''] = lines(path)
  return [...delimiters].sort((a, b) => head.split(b).length - head.split(a).length)[0] ?? ','
}

/** Mails are whole values, lists of sentences a value a line. Mails written to break parsers are no business text. */
function fromArchive(file: string, text: string): string[] {
  if (/\.(?:json|jsonl|csv)$/.test(file) || /eml\/(?:malformed|rfc|legacy)/.test(file)) return []
  return /fixtures|email_|\.eml$|\.msg$/.test(file) ? [text] : text.split(/\r?\n/)
}
