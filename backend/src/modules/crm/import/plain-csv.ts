/** Records whose quotes are where they belong, which is nearly every file: split at a fraction of what a careful parser costs. */
export interface PlainCsv {
  /** The records that this piece of text completes. */
  take(text: string): string[][]
  /** The last record, when the text ends without a line break. */
  end(): string[][]
  /** Set once a record is not plain: the text from its beginning on, and the line break, are for the careful parser. */
  readonly left: { text: string; lineBreak: string | undefined } | undefined
}

/** Longer records are for the careful parser, which bounds them. */
const longest = 1_000_000
/** The engine copies texts up to this length and keeps longer ones as parts of where they come from. */
const copiedLength = 12

/** @param delimiter one sign */
export function createPlainCsv(delimiter: string): PlainCsv {
  let rest = ''
  let lineBreak: string | undefined
  let left: { text: string; lineBreak: string | undefined } | undefined

  function split(text: string, isLast: boolean): string[][] {
    const records: string[][] = []
    if (lineBreak === undefined) {
      const found = findLineBreak(text, isLast)
      if (found === 'irregular') left = { text, lineBreak }
      if (found === 'unknown' || found === 'irregular') {
        rest = text
        if (rest.length > longest) left = { text, lineBreak }
        return records
      }
      lineBreak = found
    }
    let start = 0
    while (start < text.length) {
      let end = text.indexOf(lineBreak, start)
      if (end < 0 && isLast) end = text.length
      if (end < 0) break
      const line = text.slice(start, end)
      if (!line.includes('"') && line.length <= longest) {
        records.push(apart(line).split(delimiter))
        start = end + lineBreak.length
        continue
      }
      const record = readQuoted(text, start, delimiter, lineBreak, isLast)
      if (record === 'unfinished') break
      if (record === 'irregular' || record.next - start > longest) {
        left = { text: text.slice(start), lineBreak }
        return records
      }
      records.push(record.cells)
      start = record.next
    }
    rest = text.slice(start)
    if (rest.length > longest || (isLast && rest !== '')) left = { text: rest, lineBreak }
    return records
  }

  return {
    take: (text) => split(rest === '' ? text : rest + text, false),
    end: () => (rest === '' ? [] : split(rest, true)),
    get left() {
      return left
    },
  }
}

/** The first line break outside quotes decides for the whole file, as in any spreadsheet. */
function findLineBreak(text: string, isLast: boolean): string {
  const at = text.search(/[\r\n]/)
  if (at < 0) return isLast ? '\n' : 'unknown'
  if (text.slice(0, at).split('"').length % 2 === 0) return 'irregular'
  if (text[at] === '\n') return '\n'
  if (at + 1 === text.length && !isLast) return 'unknown'
  return text[at + 1] === '\n' ? '\r\n' : '\r'
}

type Quoted = { cells: string[]; next: number } | 'unfinished' | 'irregular'

function readQuoted(text: string, start: number, delimiter: string, lineBreak: string, isLast: boolean): Quoted {
  const cells: string[] = []
  let at = start
  for (;;) {
    if (text[at] !== '"') {
      const lineEnd = text.indexOf(lineBreak, at)
      if (lineEnd < 0 && !isLast) return 'unfinished'
      const stop = lineEnd < 0 ? text.length : lineEnd
      const delimiterAt = text.indexOf(delimiter, at)
      const isCell = delimiterAt >= 0 && delimiterAt < stop
      const cell = text.slice(at, isCell ? delimiterAt : stop)
      if (cell.includes('"')) return 'irregular'
      cells.push(apart(cell))
      if (!isCell) return { cells, next: Math.min(text.length, stop + lineBreak.length) }
      at = delimiterAt + 1
      continue
    }
    let cell = ''
    let from = at + 1
    let close = text.indexOf('"', from)
    while (close >= 0 && text[close + 1] === '"') {
      cell += text.slice(from, close + 1)
      from = close + 2
      close = text.indexOf('"', from)
    }
    const isAtEnd = close >= 0 && close + 1 === text.length
    if (close < 0) return isLast ? 'irregular' : 'unfinished'
    cell += text.slice(from, close)
    at = close + 1
    // What closes the cell, or is its sign, has not all arrived.
    if (!isLast && (isAtEnd || (text.length - at < lineBreak.length && lineBreak.startsWith(text.slice(at))))) return 'unfinished'
    cells.push(apart(cell))
    if (text.startsWith(delimiter, at)) at += 1
    else if (text.startsWith(lineBreak, at)) return { cells, next: at + lineBreak.length }
    else if (isAtEnd) return { cells, next: text.length }
    else return 'irregular'
  }
}

/** The same text with memory of its own, so that a cell that is remembered does not hold a quarter of a megabyte of its file. */
function apart(text: string): string {
  return text.length <= copiedLength ? text : ` ${text}`.slice(1)
}
