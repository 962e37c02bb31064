import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { AppError } from '#backend/kernel/errors.ts'
import type { EntityName } from '#contracts/entities.ts'
import { takeIn } from './arrival.ts'
import { fileInMemory } from './file-in-memory.ts'

async function collect(content: AsyncIterable<Uint8Array>) {
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part)
  return fileInMemory(Buffer.concat(parts))
}
const tools = { spool: collect, ownAddresses: async () => [] }

const originals: [name: string, entity: EntityName, bytes: Uint8Array][] = [
  [
    'a workbook',
    'contacts',
    await writeXlsx({ sheets: [{ name: 'S', rows: [['Name', 'When', 'N'], ...Array.from({ length: 30 }, (_, index) => [`n${index}`, new Date(0), index])] }] }),
  ],
  [
    'an address book',
    'contacts',
    Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nN:Doe;J;;;\r\nTEL;TYPE=WORK:1\r\nBDAY:1980-01-01\r\nADR:;;a;b;c;d;e\r\nEND:VCARD\r\n'.repeat(3)),
  ],
  [
    'a mailbox',
    'emails',
    Buffer.from(
      'From a@b Tue May  6 10:00:00 2025\nFrom: a@b\nTo: c@d\nSubject: =?utf-8?Q?x?=\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: text/html\n\n<p>x</p>\n--q--\n\n'.repeat(
        3,
      ),
    ),
  ],
]

/** Whatever happens to a file on its way, a person gets a sentence, never an error nobody foresaw. */
describe('a damaged file', () => {
  it.each(originals)('%s is read or refused in a sentence', async (_name, entity, original) => {
    const change = fc.record({ at: fc.nat({ max: original.length - 1 }), byte: fc.nat({ max: 255 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), fc.option(fc.nat({ max: original.length })), async (changes, end) => {
        const bytes = Buffer.from(original)
        // The first bytes stay, so that it is still taken for what it was.
        for (const { at, byte } of changes) if (at > 12) bytes[at] = byte
        const outcome = await takeIn(fileInMemory(bytes.subarray(0, end ?? bytes.length)), { entity }, tools).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(AppError)
      }),
      { numRuns: 300, seed: 11 },
    )
  })
})
