import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { type DecodingReport, decode, detectEncoding } from './encoding.ts'

async function decoded(bytes: Buffer, sizes: readonly number[]): Promise<{ text: string; report: DecodingReport }> {
  async function* chunks() {
    let at = 0
    for (let turn = 0; at < bytes.length; turn++) {
      const size = sizes[turn % sizes.length] as number
      yield bytes.subarray(at, at + size)
      at += size
    }
  }
  const report: DecodingReport = { encoding: detectEncoding(bytes.subarray(0, 64)), damaged: false }
  let text = ''
  for await (const part of decode(chunks(), report)) text += part
  return { text, report }
}

describe('decoding', () => {
  it('reads UTF-8 whole however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), async (text, sizes) => {
        fc.pre(!text.startsWith('\ufeff') && !text.includes('\0'))
        const { text: read, report } = await decoded(Buffer.from(`plain;${text}`), sizes)
        expect(read).toBe(`plain;${text}`)
        expect(report.damaged).toBe(false)
      }),
    )
  })

  it.each(['utf-16le', 'utf-16be', 'windows-1252'] as const)('knows %s', async (encoding) => {
    const text = 'Name;Straße\nMüller;Café Österreich\n'
    const bytes = iconv.encode(text, encoding, { addBOM: encoding !== 'windows-1252' })
    expect((await decoded(bytes, [5])).text).toBe(text)
  })

  it('goes over to Windows-1252 when a file that began as ASCII proves not to be UTF-8', async () => {
    const { text, report } = await decoded(Buffer.concat([Buffer.from('a;b\n'.repeat(100)), Buffer.from('M\xfcller', 'latin1')]), [16])
    expect(text.endsWith('Müller')).toBe(true)
    expect(report).toEqual({ encoding: 'windows-1252', damaged: false })
  })

  it('never turns UTF-8 with a stray byte into mojibake: it is marked damaged', async () => {
    const { text, report } = await decoded(
      Buffer.concat([Buffer.from('Zoë;Ängström;naïve\n'.repeat(20)), Buffer.from([0x4d, 0xfc, 0x6c]), Buffer.from('ler\n')]),
      [16],
    )
    expect(report).toEqual({ encoding: 'utf-8', damaged: true })
    expect(text).toContain('Zoë;Ängström')
    expect(text).toContain('M\ufffd')
  })
})
