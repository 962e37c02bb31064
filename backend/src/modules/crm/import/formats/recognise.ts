import { AppError } from '#backend/kernel/errors.ts'
import type { TableFormat } from './table-file.ts'

interface Hints {
  fileName?: string | undefined
  contentType?: string | undefined
}

const mailHeader =
  /^(?:from|to|cc|subject|date|message-id|received|return-path|delivered-to|mime-version|content-type|reply-to|dkim-signature|authentication-results|x-[\w-]+|arc-[\w-]+):\s/i

/**
 * Workbook, address book or mailbox, by what the file's first bytes are; name and type of content only decide what the bytes leave
 * open. Undefined is a text: CSV or JSON.
 * @throws AppError VALIDATION for what no import reads, in a sentence with the way out
 */
export function recogniseFormat(head: Buffer, { fileName = '', contentType = '' }: Hints): TableFormat | undefined {
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return 'xlsx'
  if (head.subarray(0, 4).toString('latin1') === '\xd0\xcf\x11\xe0') throw compoundFile(head)
  // Address books are sometimes UTF-16; for telling what a text is its zero bytes do not matter.
  const start = head
    .subarray(0, 16_384)
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
  if (/^\s*begin:vcard\s/i.test(start)) return 'vcard'
  if (/^\s*begin:vcalendar\s/i.test(start))
    throw new AppError('VALIDATION', 'The file is a calendar (iCalendar), which cannot be imported; export its events as CSV. Nothing was imported.')
  if (/^From \S+.*\d{1,2}:\d{2}/.test(start)) return 'mbox'
  const lines = start.trimStart().split(/\r?\n/)
  const headers = lines.slice(0, lines.indexOf('') < 0 ? 30 : lines.indexOf('')).filter((line) => mailHeader.test(line)).length
  const isCalledMail = /\.eml$/i.test(fileName) || /^message\/rfc822/i.test(contentType)
  return mailHeader.test(lines[0] ?? '') && headers >= (isCalledMail ? 1 : 3) ? 'eml' : undefined
}

/** Old Office files and encrypted new ones have the same first bytes; the latter name their one stream. */
function compoundFile(head: Buffer): AppError {
  const isEncrypted = head.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  return isEncrypted
    ? new AppError(
        'VALIDATION',
        'The workbook is protected by a password; save it without one (in Excel: Info, Protect workbook) and import that. Nothing was imported.',
      )
    : new AppError(
        'VALIDATION',
        'The file is an old Excel workbook (.xls); save it as "Excel workbook (.xlsx)" or as CSV and import that. Nothing was imported.',
      )
}

export const formatWords: Readonly<Record<string, string>> = {
  csv: 'CSV',
  json: 'JSON',
  jsonl: 'JSON, one object a line',
  xlsx: 'an Excel workbook',
  vcard: 'vCard',
  eml: 'an e-mail',
  mbox: 'a mailbox (mbox)',
}

const byExtension: Readonly<Record<string, readonly string[]>> = {
  csv: ['csv'],
  tsv: ['csv'],
  json: ['json', 'jsonl'],
  jsonl: ['jsonl', 'json'],
  ndjson: ['jsonl', 'json'],
  xlsx: ['xlsx'],
  xlsm: ['xlsx'],
  xls: [],
  vcf: ['vcard'],
  eml: ['eml'],
  mbox: ['mbox'],
}

/** Says that a file's name promises another format than it holds; undefined when it does not. */
export function misnamed(format: string, fileName: string | undefined): string | undefined {
  const extension = /\.(\w+)$/.exec(fileName ?? '')?.[1]?.toLowerCase() ?? ''
  const promised = byExtension[extension]
  if (promised === undefined || promised.includes(format)) return undefined
  return `The file is called .${extension} but holds ${formatWords[format] ?? format}; it was read as that.`
}
