import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitJsonObjects } from './json-objects.ts'

async function split(text: string, sizes: readonly number[]): Promise<unknown[]> {
  async function* chunks() {
    for (let at = 0, turn = 0; at < text.length; turn++) {
      const size = sizes[turn % sizes.length] as number
      yield text.slice(at, at + size)
      at += size
    }
  }
  const records: unknown[] = []
  for await (const source of splitJsonObjects(chunks(), { maxLength: 10_000 })) records.push(JSON.parse(source))
  return records
}

describe('splitting JSON', () => {
  it('finds every record of a list, of {"items"}, and of lines, however the text is cut', async () => {
    const record = fc.dictionary(fc.string(), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(
        fc.array(record),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.constantFrom('list', 'items', 'lines'),
        async (records, sizes, form) => {
          const plain = JSON.parse(JSON.stringify(records))
          const text =
            form === 'list'
              ? JSON.stringify(plain, null, 1)
              : form === 'items'
                ? `{"items": ${JSON.stringify(plain)}, "total": 3}`
                : plain.map((item: unknown) => JSON.stringify(item)).join('\n')
          // The opening of {"items": must arrive in one piece, as it does in the first chunk of any file.
          expect(await split(text, form === 'items' ? [20, ...sizes] : sizes)).toEqual(plain)
        },
      ),
    )
  })

  it.each(['[1,2]', '["a"]', '[[1]]', '{"a":1}{"b"', 'true'])('refuses %s', async (text) => {
    await expect(split(text, [100])).rejects.toThrow(/record/)
  })
})
