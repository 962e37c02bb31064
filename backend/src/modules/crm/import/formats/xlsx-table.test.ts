import { deflateRawSync } from 'node:zlib'
import { writeXlsx, writeXlsxStream } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { fileInMemory, tableOf } from './file-in-memory.ts'
import { xlsxTable } from './xlsx-table.ts'

/** A zip archive of entries, written here so that it owes nothing to the reader. */
function zip(entries: Record<string, string | { packed: Buffer }>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let position = 0
  for (const [name, content] of Object.entries(entries)) {
    const packed = typeof content === 'string' ? deflateRawSync(content) : content.packed
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(position, 42)
    locals.push(local, Buffer.from(name), packed)
    directory.push(central, Buffer.from(name))
    position += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(position, 16)
  return Buffer.concat([...locals, ...directory, end])
}

const workbook = (parts: Record<string, string | { packed: Buffer }>) =>
  zip({
    '_rels/.rels': '<Relationships><Relationship Id="rId1" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="Hidden" state="hidden" r:id="rId2"/><sheet name="Data" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="x/styles" Target="styles.xml"/></Relationships>',
    'xl/worksheets/sheet2.xml': '<worksheet><sheetData><row><c t="inlineStr"><is><t>secret</t></is></c></row></sheetData></worksheet>',
    ...parts,
  })

const read = (bytes: Uint8Array, sheet?: string) => tableOf(xlsxTable(fileInMemory(bytes), sheet))

describe('a workbook', () => {
  it('gives dates, times, percentages, numbers, truths and post codes as a person writes them', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Deals',
          columns: [
            { header: 'Date', key: 'date', numFmt: 'dd.mm.yyyy' },
            { header: 'When', key: 'when', numFmt: 'dd/mm/yyyy hh:mm' },
            { header: 'Chance', key: 'chance', numFmt: '0.0%' },
            { header: 'Amount', key: 'amount', numFmt: '#,##0.00 [$€-407]' },
            { header: 'Active', key: 'active' },
            { header: 'PLZ', key: 'postcode', numFmt: '00000' },
            { header: 'Text', key: 'text' },
          ],
          data: [
            {
              date: new Date('2026-01-15'),
              when: new Date('2026-01-15T13:45:10Z'),
              chance: 0.405,
              amount: 0.1 + 0.2,
              active: true,
              postcode: 1067,
              text: 'Ä & <b>\nline',
            },
            { amount: -1234567.5, active: false, text: '=1+1' },
          ],
        },
      ],
    })
    expect(await read(bytes)).toEqual([
      { row: '2', Date: '2026-01-15', When: '2026-01-15T13:45:10', Chance: '40.5%', Amount: '0.3', Active: 'true', PLZ: '01067', Text: 'Ä & <b>\nline' },
      { row: '3', Amount: '-1234567.5', Active: 'false', Text: '=1+1' },
    ])
  })

  it('is read from streams with shared or inline texts, without losing or mixing a row', async () => {
    for (const inlineStrings of [true, false]) {
      const rows = Array.from({ length: 5000 }, (_, index) => [`Name ${index}`, `${index % 7}`, index])
      const parts: Uint8Array[] = []
      for await (const part of writeXlsxStream(rows, { name: 'S', columns: [{ header: 'Name' }, { header: 'Kind' }, { header: 'N' }], inlineStrings }))
        parts.push(part)
      const found = await read(Buffer.concat(parts))
      expect(found).toHaveLength(5000)
      expect(found[4321]).toEqual({ row: '4323', Name: 'Name 4321', Kind: '2', N: '4321' })
    }
  })

  it('understands rich, phonetic and escaped texts, prefixes, gaps, errors and 1904 dates', async () => {
    const bytes = workbook({
      'xl/workbook.xml': '<x:workbook xmlns:x="x" xmlns:r="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="Data" r:id="rId1"/></x:sheets></x:workbook>',
      'xl/sharedStrings.xml':
        '<sst><si><t>Name</t></si><si><r><t>Ri</t></r><r><rPr><b/></rPr><t>ch</t></r><rPh sb="0" eb="1"><t>phonetic</t></rPh></si><si><t>a_x000D_b&amp;&#x41;</t></si></sst>',
      'xl/styles.xml': '<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
      'xl/worksheets/sheet1.xml': `<x:worksheet xmlns:x="x"><x:sheetData>
        <x:row r="3"><x:c r="A3" t="s"><x:v>0</x:v></x:c><x:c r="C3" t="str"><x:f>"Da"&amp;"y"</x:f><x:v>Day</x:v></x:c></x:row>
        <x:row r="5"><x:c r="A5" t="s"><x:v>1</x:v></x:c><x:c r="C5" s="1"><x:v>0</x:v></x:c></x:row>
        <x:row r="6"/><x:row><x:c t="s"><x:v>2</x:v></x:c><x:c/><x:c t="e"><x:v>#N/A</x:v></x:c></x:row>
        <x:row r="9"><x:c r="AAA9"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
    })
    expect(await read(bytes)).toEqual([
      { row: '5', Name: 'Rich', Day: '00:00:00' },
      { row: '7', Name: 'a\rb&A' },
      { row: '9', problem: 'has a value to the right of column 500; move or delete it' },
    ])
  })

  it('leaves titles above the headings out, and takes the first visible sheet with rows or the one that is named', async () => {
    const bytes = await writeXlsx({
      sheets: [
        { name: 'Empty', rows: [] },
        {
          name: 'Report',
          rows: [['Opportunity report'], ['As of today'], [], ['Name', 'Stage', 'Amount'], ['A', 'New', 1]],
        },
        { name: 'Other', rows: [['X'], ['1']] },
      ],
    })
    expect(await read(bytes)).toEqual([{ row: '5', Name: 'A', Stage: 'New', Amount: '1' }])
    expect(await read(bytes, 'Other')).toEqual([{ row: '2', X: '1' }])
    await expect(read(bytes, 'Nope')).rejects.toMatchObject({ code: 'VALIDATION', message: expect.stringContaining('"Empty", "Report", "Other"') })
    expect(
      JSON.stringify(await read(workbook({ 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>' }))),
    ).not.toContain('secret')
  })

  it('refuses bombs, damage and other archives in one sentence', async () => {
    const zeros = deflateRawSync(Buffer.alloc(40 * 1024 * 1024))
    await expect(read(workbook({ 'xl/worksheets/sheet1.xml': { packed: zeros } }))).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('unpacks to far more'),
    })
    await expect(read(workbook({ 'xl/worksheets/sheet1.xml': `<worksheet>${'<a>'.repeat(5000)}` }))).rejects.toMatchObject({ code: 'VALIDATION' })
    const sound = workbook({ 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>' })
    await expect(read(sound.subarray(0, sound.length - 40))).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('cut off or damaged'),
    })
    await expect(read(zip({ 'a.txt': 'x' }))).rejects.toMatchObject({ message: expect.stringContaining('zip archive') })
    await expect(read(zip({ 'word/document.xml': 'x' }))).rejects.toMatchObject({ message: expect.stringContaining('document') })
    await expect(read(zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': 'x' }))).rejects.toMatchObject({
      message: expect.stringContaining('.ods'),
    })
  })
})
