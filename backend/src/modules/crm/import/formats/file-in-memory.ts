import type { SpooledFile } from '../spool.ts'

/** A file for tests, as if it had just arrived. */
export function fileInMemory(content: string | Uint8Array): SpooledFile {
  const bytes = Buffer.from(content as Uint8Array)
  return {
    size: bytes.length,
    head: bytes.subarray(0, 1_048_576),
    complete: true,
    async *read() {
      // Pieces end anywhere, as they do on the network.
      for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
    },
    readAt: async (position, length) => bytes.subarray(position, position + length),
    keepAs: async () => undefined,
    dispose: async () => undefined,
  }
}

/** The rows of a table under its headings; rows that cannot be taken as `problem`. */
export async function tableOf(lines: AsyncIterable<string>): Promise<Record<string, string>[]> {
  let text = ''
  for await (const line of lines) text += line
  let headings: string[] | undefined
  const rows: Record<string, string>[] = []
  for (const line of text.trimEnd().split('\n').slice(1)) {
    const [kind, ...cells] = JSON.parse(line) as (string | number)[]
    if (kind === 'p') rows.push({ row: String(cells[0]), problem: String(cells[1]) })
    else if (headings === undefined) headings = cells.map(String)
    else
      rows.push({
        row: String(kind),
        ...Object.fromEntries(cells.map((cell, index) => [headings?.[index] ?? `+${index}`, String(cell)]).filter(([, cell]) => cell !== '')),
      })
  }
  return rows
}
