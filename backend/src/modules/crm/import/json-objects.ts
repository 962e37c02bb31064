/**
 * Cuts a stream of JSON text into the source texts of its records (the objects of an array, of `{"items":[…]}`, or one after
 * another), without ever holding more than one of them.
 * @throws JsonShapeError when the text is not such a sequence
 */
export async function* splitJsonObjects(chunks: AsyncIterable<string>, options: { maxLength: number }): AsyncGenerator<string> {
  let buffer = ''
  let scanned = 0
  let depth = 0
  let start = -1
  let inString = false
  let opened = false
  for await (const chunk of chunks) {
    buffer += chunk
    if (!opened) {
      const prefix = /^\s*(?:\{\s*"(?:items|data|records|rows)"\s*:\s*\[|\[)/.exec(buffer)
      if (prefix !== null) scanned = prefix[0].length
      opened = true
    }
    for (; scanned < buffer.length; scanned++) {
      const code = buffer.charCodeAt(scanned)
      if (inString) {
        if (code === 0x5c) scanned++
        else if (code === 0x22) inString = false
      } else if (code === 0x22) {
        if (depth === 0) throw new JsonShapeError('records must be JSON objects')
        inString = true
      } else if (code === 0x7b || code === 0x5b) {
        if (depth === 0) {
          if (code === 0x5b) throw new JsonShapeError('records must be JSON objects, not lists')
          start = scanned
        }
        depth++
      } else if (code === 0x7d || code === 0x5d) {
        // The end of the list; what follows it ("nextCursor" and the like) is no record.
        if (depth === 0) return
        depth--
        if (depth === 0) {
          yield buffer.slice(start, scanned + 1)
          start = -1
        }
      } else if (depth === 0 && !/[\s,\ufeff]/.test(buffer[scanned] as string)) throw new JsonShapeError('records must be JSON objects')
    }
    if (depth === 0) {
      buffer = ''
      scanned = 0
    } else {
      const consumed = start
      buffer = buffer.slice(consumed)
      scanned -= consumed
      start = 0
      if (buffer.length > options.maxLength) throw new JsonShapeError(`a record is longer than ${options.maxLength} characters`)
    }
  }
  if (depth > 0) throw new JsonShapeError('the file ends in the middle of a record')
}

export class JsonShapeError extends Error {}
