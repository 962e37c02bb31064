import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlainCsv } from './plain-csv.ts'
import { readRows } from './read-rows.ts'

const cell = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'a',
    '"',
    '""',
    '"a"',
    '"a,b"',
    '"a""b"',
    '"a\nb"',
    '"a\r\nb"',
    'a"b',
    '"a"b',
    '"a" ',
    ' "a"',
    'Jane',
    'São Paulo',
    '"Sp,ace"',
    '😀',
    '"',
  ),
  fc.string({ maxLength: 12 }),
)
const lineBreak = fc.constantFrom('\n', '\r\n', '\r')
const file = fc
  .tuple(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), lineBreak, fc.boolean(), fc.constantFrom(',', ';', '\t'))
  .map(([rows, eol, ends, delimiter]) => ({ text: rows.map((cells) => cells.join(delimiter)).join(eol) + (ends ? eol : ''), delimiter }))

function pieces(text: string, sizes: readonly number[]): string[] {
  const found: string[] = []
  for (let at = 0, index = 0; at < text.length; index++) {
    const size = sizes[index % sizes.length] ?? 1
    found.push(text.slice(at, at + size))
    at += size
  }
  return found
}

function plainly(text: string, delimiter: string, sizes: readonly number[]) {
  const plain = createPlainCsv(delimiter)
  const records: string[][] = []
  for (const piece of pieces(text, sizes)) {
    if (plain.left !== undefined) break
    records.push(...plain.take(piece))
  }
  if (plain.left === undefined) records.push(...plain.end())
  return { records, left: plain.left }
}

const settings = { relax_column_count: true, relax_quotes: true, skip_records_with_error: true } as const

describe('plain CSV', () => {
  it('is what the careful parser reads, wherever the text is cut, up to the record where it stops', () => {
    let whole = 0
    fc.assert(
      fc.property(file, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), ({ text, delimiter }, sizes) => {
        const careful = parse(text, { ...settings, delimiter }) as string[][]
        const { records, left } = plainly(text, delimiter, sizes)
        expect(records).toEqual(careful.slice(0, records.length))
        if (left === undefined) {
          whole++
          expect(records).toHaveLength(careful.length)
        }
      }),
      { numRuns: 1000 },
    )
    expect(whole).toBeGreaterThan(150)
  })

  it('reads a whole file as the careful parser does, where that takes over too', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), async ({ text, delimiter }, sizes) => {
        const source = `h1${delimiter}h2${delimiter}h3${delimiter}h4${delimiter}h5${delimiter}h6${delimiter}h7\n${text}`
        const careful = (parse(source, { ...settings, delimiter, info: true }) as unknown as { record: string[]; info: { records: number } }[])
          .slice(1)
          .filter(({ record }) => record.some((value) => value.trim() !== ''))
        const bytes = Buffer.from(source)
        async function* stream() {
          for (const piece of pieces(bytes.toString('latin1'), sizes)) yield Buffer.from(piece, 'latin1')
        }
        const reader = readRows(stream(), { format: 'csv', encoding: 'utf-8', delimiter: delimiter as ',' }, 100)
        const rows: string[][] = []
        for await (const batch of reader.batches) for (const { cells, problem } of batch) if (problem === undefined) rows.push(cells)
        expect(rows).toEqual(careful.map(({ record }) => record).filter((record) => record.slice(7).every((value) => value.trim() === '')))
      }),
      { numRuns: 1000 },
    )
  })

  it('takes quoted cells with delimiters, quotes and line breaks itself', () => {
    const text = 'name,city\r\n"Doe, Jane","New ""Big"" York"\r\n"two\r\nlines",x\r\n'
    expect(plainly(text, ',', [5])).toEqual({
      records: [
        ['name', 'city'],
        ['Doe, Jane', 'New "Big" York'],
        ['two\r\nlines', 'x'],
      ],
      left: undefined,
    })
  })

  it('leaves what is not plain, with what follows', () => {
    const { records, left } = plainly('a,b\n1,2\n3,4" wide\n5,6\n', ',', [1000])
    expect(records).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
    expect(left).toEqual({ text: '3,4" wide\n5,6\n', lineBreak: '\n' })
  })
})
