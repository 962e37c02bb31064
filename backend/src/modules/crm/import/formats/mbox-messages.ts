/** One message as it was sent; undefined when it is larger than one may be. */
export type RawMessage = Buffer | undefined

const maxMessageBytes = 64 * 1024 * 1024
const lineFeed = 0x0a

/**
 * Cuts a mailbox file into its messages, holding one at a time: a line that begins with "From " after an empty line begins the next,
 * and `>From ` inside a message is freed of the sign that hid it (mboxrd).
 */
export async function* splitMailbox(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawMessage> {
  let parts: Buffer[] | undefined
  let size = 0
  let wasEmpty = true
  for await (const line of linesOf(chunks)) {
    if (wasEmpty && line.toString('latin1', 0, 5) === 'From ') {
      if (parts !== undefined) yield size > maxMessageBytes ? undefined : Buffer.concat(parts)
      parts = []
      size = 0
    } else if (parts !== undefined) {
      size += line.length
      if (size > maxMessageBytes) parts = []
      else parts.push(line[0] === 0x3e && /^>+From /.test(line.toString('latin1', 0, 40)) ? line.subarray(1) : line)
    }
    wasEmpty = line.length <= 2 && /^\r?\n$/.test(line.toString('latin1'))
  }
  if (parts !== undefined) yield size > maxMessageBytes ? undefined : Buffer.concat(parts)
}

/** Lines with their ends. A line without end is passed on in pieces, which only a broken mailbox has. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      yield bytes.subarray(start, end + 1)
      start = end + 1
    }
    rest = Buffer.from(bytes.subarray(start))
    if (rest.length > 1_048_576) {
      yield rest
      rest = Buffer.alloc(0)
    }
  }
  if (rest.length > 0) yield rest
}
