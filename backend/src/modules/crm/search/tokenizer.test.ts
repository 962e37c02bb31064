import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emailWords } from './documents.ts'
import { deletionsOf, freshWords, storedForms, toleratesTypos } from './tokenizer.ts'

describe('forms of a word with a letter left out', () => {
  it('are all there are, each once', () => {
    fc.assert(
      fc.property(fc.oneof(fc.stringMatching(/^[ab]{1,9}$/), fc.stringMatching(/^[a-z]{1,42}$/), fc.stringMatching(/^[aéßあ𝒳]{1,9}$/u)), (word) => {
        const letters = [...word]
        const expected = new Set([word])
        if (toleratesTypos(word)) for (const index of letters.keys()) expected.add(letters.filter((_, at) => at !== index).join(''))
        expect(deletionsOf(word)).toEqual([...expected])
      }),
    )
  })
})

it('keeps all forms of a word of up to 14 letters, and those of the first nine of a longer one', () => {
  expect(storedForms('pharmaceutical')).toEqual(deletionsOf('pharmaceutical'))
  expect(storedForms('pharmaceuticals')).toEqual(['pharmaceuticals', ...deletionsOf('pharmaceu')])
})

describe('words of an e-mail address', () => {
  it('are the same by the quick way as by the careful one', () => {
    const part = fc.oneof(
      fc.constantFrom('jane', 'j', 'JD', 'o-brien', "o'neil", 'x_y', 'a.b', 'a.b.c', '1', '', 'mañana', 'a%b', 'a+tag', '.', '-'),
      fc.stringMatching(/^[a-z0-9.-]{1,70}$/),
    )
    const address = fc
      .tuple(
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('.', '_', '+', ''),
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('.', '.', '..', ''),
      )
      .map(([local, sign, domain, dot]) => `${local.join(sign)}@${domain.join('.')}${dot}example`)
    fc.assert(
      fc.property(address, (text) => {
        expect([...new Set(emailWords(text))]).toEqual([...new Set(freshWords(text))])
      }),
      { numRuns: 2000 },
    )
  })
})
