import type { ImportPreview } from '#contracts/import.ts'

const contentTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/csv',
  txt: 'text/csv',
  json: 'application/json',
  jsonl: 'application/json',
  ndjson: 'application/json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xlsm: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  vcf: 'text/vcard',
  eml: 'message/rfc822',
  mbox: 'application/mbox',
}

/** Endings that the file dialog offers; whatever is dropped is looked at by the server. */
export const acceptedEndings = Object.keys(contentTypes)
  .map((ending) => `.${ending}`)
  .join(',')

const endingOf = (name: string): string => /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** What the file is by its name; the server goes by its content. */
export const contentTypeOf = (name: string): string => contentTypes[endingOf(name)] ?? 'application/octet-stream'

/** Texts are understood by their beginning; a workbook only as a whole. */
export async function isUnderstoodByItsBeginning(file: Blob): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return !(start[0] === 0x50 && start[1] === 0x4b)
}

export const formatNames: Readonly<Record<ImportPreview['format'], string>> = {
  csv: 'CSV',
  json: 'JSON',
  jsonl: 'JSON, one record a line',
  xlsx: 'Excel workbook',
  vcard: 'Contact cards (vCard)',
  eml: 'E-mail message',
  mbox: 'Mailbox (mbox)',
}
