const separator = new TextEncoder().encode('From - Thu Jan  1 00:00:00 1970\r\n')
const from = new TextEncoder().encode('From ')
const lineFeed = 0x0a
const hidden = 0x3e

/**
 * Files that are parts of one thing become one file: many messages a mailbox, many cards an address book. The others stay as they
 * are, in their order, and are imported one after the other.
 */
export async function combineFiles(files: readonly File[]): Promise<File[]> {
  const isMessage = (file: File) => /\.eml$/i.test(file.name)
  const isCard = (file: File) => /\.vcf$/i.test(file.name)
  const messages = files.filter(isMessage)
  const cards = files.filter(isCard)
  const combined: File[] = []
  if (messages.length > 1) {
    const parts: BlobPart[] = []
    for (const message of messages) parts.push(separator, withHiddenFrom(new Uint8Array(await message.arrayBuffer())), '\r\n\r\n')
    combined.push(new File(parts, `${messages.length} messages.mbox`))
  } else combined.push(...messages)
  if (cards.length > 1)
    combined.push(
      new File(
        cards.flatMap((card) => [card, '\r\n']),
        `${cards.length} address books.vcf`,
      ),
    )
  else combined.push(...cards)
  return [...combined, ...files.filter((file) => !isMessage(file) && !isCard(file))]
}

/** In a mailbox a line that begins with "From " begins a message; inside of one it gets a sign in front (mboxrd). */
export function withHiddenFrom(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const starts: number[] = []
  for (let at = 0; at < message.length; ) {
    let word = at
    while (message[word] === hidden) word++
    if (from.every((byte, index) => message[word + index] === byte)) starts.push(at)
    const end = message.indexOf(lineFeed, at)
    if (end < 0) break
    at = end + 1
  }
  const escaped = new Uint8Array(message.length + starts.length)
  let done = 0
  for (const [count, start] of starts.entries()) {
    escaped.set(message.subarray(done, start), done + count)
    escaped[start + count] = hidden
    done = start
  }
  escaped.set(message.subarray(done), done + starts.length)
  return escaped
}
