import { AppError } from '#backend/kernel/errors.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { SpooledFile } from '../spool.ts'
import { recogniseFormat } from './recognise.ts'
import type { TableFormat } from './table-file.ts'

export interface ArrivalOptions {
  entity: EntityName
  fileName?: string | undefined
  contentType?: string | undefined
  /** Of a workbook; the first with rows when left out. */
  sheet?: string | undefined
}

export interface ArrivalTools {
  /** Keeps a table as an upload is kept. */
  spool(content: AsyncIterable<Uint8Array>): Promise<SpooledFile>
  /** E-mail addresses of the workspace's people, asked for when messages come. */
  ownAddresses(): Promise<readonly string[]>
}

const holds: Partial<Record<TableFormat, { what: string; entities: readonly EntityName[] }>> = {
  vcard: { what: 'contact cards (vCard)', entities: ['contacts', 'leads'] },
  eml: { what: 'an e-mail', entities: ['emails'] },
  mbox: { what: 'e-mails (mbox)', entities: ['emails'] },
}

/**
 * What an import reads of a file that has arrived: CSV and JSON as they are; a workbook, an address book or a mailbox as a table,
 * in place of the file, which is let go.
 * @throws AppError VALIDATION in a sentence that says what the file is and what to do
 */
export async function takeIn(file: SpooledFile, options: ArrivalOptions, tools: ArrivalTools): Promise<SpooledFile> {
  const format = recogniseFormat(file.head, options)
  if (format === undefined) return file
  const wanted = holds[format]
  if (wanted !== undefined && !wanted.entities.includes(options.entity)) {
    const names = wanted.entities.map((name) => entities[name].labelPlural.toLowerCase()).join(' or ')
    throw new AppError('VALIDATION', `The file holds ${wanted.what}, which become ${names}; choose that as what the rows are. Nothing was imported.`, {
      details: [{ field: 'entity', message: `must be ${wanted.entities.join(' or ')}` }],
    })
  }
  try {
    return await tools.spool(toBytes(await linesOf(file, format, options, tools)))
  } finally {
    await file.dispose()
  }
}

async function linesOf(file: SpooledFile, format: TableFormat, options: ArrivalOptions, tools: ArrivalTools): Promise<AsyncIterable<string>> {
  // Readers are loaded when somebody brings such a file; a start does not wait for them.
  if (format === 'xlsx') return (await import('./xlsx-table.ts')).xlsxTable(file, options.sheet)
  if (format === 'vcard') return (await import('./vcard-table.ts')).vcardTable(file)
  const { mailTable } = await import('./mail-table.ts')
  return mailTable(file, format, new Set((await tools.ownAddresses()).map((address) => address.toLowerCase())))
}

const pieceLength = 65_536

async function* toBytes(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let text = ''
  for await (const line of lines) {
    text += line
    if (text.length < pieceLength) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}
