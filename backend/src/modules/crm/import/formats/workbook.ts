import { posix } from 'node:path'
import { AppError } from '#backend/kernel/errors.ts'
import { readXml, type XmlListener } from './xml-events.ts'
import type { ZipArchive } from './zip-archive.ts'

/** How the number in a cell is meant: its format says, not its value. */
export type NumberKind = 'plain' | 'date' | 'percent' | { digits: number }

export interface Workbook {
  sheets: { name: string; path: string; hidden: boolean }[]
  sharedStrings: string | undefined
  /** By the style number of a cell. */
  kinds: readonly NumberKind[]
  toDate(serial: number): Date
}

const partBytes = 32 * 1024 * 1024

/** Reads everything of a workbook but its cells. @throws AppError VALIDATION when the archive is no workbook */
export async function openWorkbook(zip: ZipArchive): Promise<Workbook> {
  refuseOthers(zip)
  const roots = await relationsOf(zip, '_rels/.rels', '')
  const path = roots.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  if (!zip.has(path)) throw new AppError('VALIDATION', 'The file is a zip archive, not a workbook; unpack it and import what is inside. Nothing was imported.')
  const relations = await relationsOf(zip, posix.join(posix.dirname(path), '_rels', `${posix.basename(path)}.rels`), posix.dirname(path))
  const targets = new Map(relations.map(({ id, target }) => [id, target]))
  const elements = await elementsOf(zip, path, ['sheet', 'workbookPr'])
  const sheets = elements
    .filter(({ name }) => name === 'sheet')
    .flatMap(({ attributes }) => {
      const target = targets.get(attributes.get('r:id') ?? [...attributes].find(([key]) => key.endsWith(':id'))?.[1] ?? '')
      if (target === undefined || !zip.has(target)) return []
      return [{ name: attributes.get('name') ?? '', path: target, hidden: (attributes.get('state') ?? 'visible') !== 'visible' }]
    })
  const find = (type: string) => relations.find((relation) => relation.type === type && zip.has(relation.target))?.target
  // All of hucre is loaded for two functions, so only when a workbook comes.
  const { isDateFormat, serialToDate } = await import('hucre')
  const since1904 = elements.some(({ name, attributes }) => name === 'workbookPr' && /^(1|true)$/.test(attributes.get('date1904') ?? ''))
  const styles = find('styles')
  return {
    sheets,
    sharedStrings: find('sharedStrings'),
    kinds: styles === undefined ? [] : await kindsOf(zip, styles, isDateFormat),
    toDate: (serial) => serialToDate(serial, since1904),
  }
}

function refuseOthers(zip: ZipArchive): void {
  const has = (pattern: RegExp) => zip.names().some((name) => pattern.test(name))
  if (has(/^xl\/workbook\.bin$/))
    throw new AppError('VALIDATION', 'The file is a binary workbook (.xlsb); save it as "Excel workbook (.xlsx)" and import that. Nothing was imported.')
  if (has(/^content\.xml$/) && !zip.has('xl/workbook.xml'))
    throw new AppError('VALIDATION', 'The file is an OpenDocument sheet (.ods); save it as .xlsx or CSV and import that. Nothing was imported.')
  if (has(/^(word|ppt)\//))
    throw new AppError('VALIDATION', 'The file is a document, not a workbook; put the rows into a spreadsheet and import that. Nothing was imported.')
  if (has(/^Index\/.*\.iwa$/)) throw new AppError('VALIDATION', 'The file is a Numbers sheet; export it as Excel or CSV and import that. Nothing was imported.')
}

interface Relation {
  id: string
  type: string
  target: string
}

async function relationsOf(zip: ZipArchive, path: string, folder: string): Promise<Relation[]> {
  if (!zip.has(path)) return []
  return (await elementsOf(zip, path, ['Relationship'])).map(({ attributes }) => {
    const target = attributes.get('Target') ?? ''
    return {
      id: attributes.get('Id') ?? '',
      // Strict workbooks write the same types under another address.
      type: attributes.get('Type')?.split('/').at(-1) ?? '',
      target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
    }
  })
}

interface Element {
  name: string
  parent: string
  attributes: Map<string, string>
}

async function elementsOf(zip: ZipArchive, path: string, wanted: readonly string[]): Promise<Element[]> {
  const found: Element[] = []
  const open: string[] = []
  let current: Element | undefined
  const listener: XmlListener = {
    open(name) {
      current = wanted.includes(name) ? { name, parent: open.at(-1) ?? '', attributes: new Map() } : undefined
      if (current !== undefined) found.push(current)
      open.push(name)
    },
    attribute: (name, value) => void current?.attributes.set(name, value),
    close: () => void open.pop(),
  }
  for await (const _ of readXml(zip.open(path, partBytes), listener));
  return found
}

async function kindsOf(zip: ZipArchive, path: string, isDateFormat: (format: string) => boolean): Promise<NumberKind[]> {
  const elements = await elementsOf(zip, path, ['numFmt', 'xf'])
  const codes = new Map<string, string>()
  for (const { name, attributes } of elements) if (name === 'numFmt') codes.set(attributes.get('numFmtId') ?? '', attributes.get('formatCode') ?? '')
  const kindOf = (id: string): NumberKind => {
    const code = codes.get(id) ?? id
    if (isDateFormat(code)) return 'date'
    if (code === '9' || code === '10' || /%/.test(code.replace(/"[^"]*"|\\./g, ''))) return 'percent'
    // Post codes and numbers of customers are often numbers shown with zeros in front.
    return /^0{2,20}$/.test(codes.get(id) ?? '') ? { digits: code.length } : 'plain'
  }
  return elements.filter(({ name, parent }) => name === 'xf' && parent === 'cellXfs').map(({ attributes }) => kindOf(attributes.get('numFmtId') ?? '0'))
}
