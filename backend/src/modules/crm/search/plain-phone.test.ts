import fc from 'fast-check'
import { type CountryCode, getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/min'
import examples from 'libphonenumber-js/mobile/examples'
import { describe, expect, it } from 'vitest'
import { parseNumber } from './phone-numbers.ts'
import { readPlainPhone } from './plain-phone.ts'

const codes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))]
const countries = fc.constantFrom<CountryCode | undefined>(undefined, ...getCountries())

function sameAsLibrary(text: string, country: string | undefined): boolean {
  const plain = readPlainPhone(text)
  if (plain === undefined) return false
  const { number, digits } = parseNumber(text, country)
  expect({ text, number: number?.number, nationalNumber: number?.nationalNumber, digits }).toEqual({ text, ...plain })
  return true
}

describe('plain telephone numbers', () => {
  it('are read as the library reads them, in every country and grouping', () => {
    let read = 0
    const grouped = fc.tuple(
      fc.constantFrom(...codes),
      fc.stringMatching(/^[0-9]{3,12}$/),
      fc.array(fc.integer({ min: 1, max: 11 }), { maxLength: 3 }),
      fc.constantFrom(' ', '-', '.', ''),
      fc.boolean(),
    )
    fc.assert(
      fc.property(grouped, countries, ([code, digits, cuts, sign, brackets], country) => {
        let text = digits
        for (const cut of cuts) if (cut < text.length) text = `${text.slice(0, cut)}${sign}${text.slice(cut)}`
        if (brackets && digits.length > 4) text = `(${digits.slice(0, 3)}) ${digits.slice(3)}`
        if (sameAsLibrary(`+${code} ${text}`, country) || sameAsLibrary(`+${code}${digits}`, country)) read++
      }),
      { numRuns: 5000 },
    )
    expect(read).toBeGreaterThan(3000)
  })

  it('includes a real number of nearly every country', () => {
    const left = getCountries().filter((country) => {
      const example = getExampleNumber(country, examples)
      return example !== undefined && !sameAsLibrary(example.formatInternational(), country)
    })
    expect(left.length).toBeLessThan(25)
  })

  it('leaves everything else to the library', () => {
    for (const text of [
      '(513) 555-5947',
      '+44 (0)20 7946 0958',
      '+1 513 555 5947 x12',
      '513-555-5947',
      '+44 020 7946 0958',
      '0049 30 123456',
      '+1',
      '+999 123 4567',
      '',
    ])
      expect(readPlainPhone(text)).toBeUndefined()
  })
})
