import { StringDecoder } from 'node:string_decoder'
import { Parser } from 'htmlparser2'
import { AppError } from '#backend/kernel/errors.ts'

/** What is told of an XML document on the way through it; names are without their prefix. */
export interface XmlListener {
  open?(name: string): void
  attribute?(name: string, value: string): void
  text?(text: string): void
  close?(name: string): void
}

const maxDepth = 64
/** Characters of one tag or comment; text is told in pieces and has no such bound. */
const maxQuiet = 4_000_000

/**
 * Reads XML a chunk at a time, in memory bounded by the chunk, and pauses after each, so that whoever listens is never overrun.
 * @throws AppError VALIDATION when it is nested or stretched as no workbook is
 */
export async function* readXml(bytes: AsyncIterable<Buffer>, listener: XmlListener): AsyncGenerator<void> {
  let depth = 0
  let quiet = 0
  const parser = new Parser(
    {
      onopentagname(name) {
        quiet = 0
        if (++depth > maxDepth) throw strange()
        listener.open?.(localName(name))
      },
      onattribute: (name, value) => listener.attribute?.(name, value),
      ontext(text) {
        quiet = 0
        listener.text?.(text)
      },
      onclosetag(name) {
        quiet = 0
        depth--
        listener.close?.(localName(name))
      },
    },
    { xmlMode: true },
  )
  const decoder = new StringDecoder('utf8')
  for await (const chunk of bytes) {
    const text = decoder.write(chunk)
    quiet += text.length
    if (quiet > maxQuiet) throw strange()
    parser.write(text)
    yield
  }
  parser.end(decoder.end())
  yield
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function strange(): AppError {
  return new AppError('VALIDATION', 'The workbook is built as no spreadsheet program builds one, so it was not read; nothing was imported. Save it as CSV.')
}
