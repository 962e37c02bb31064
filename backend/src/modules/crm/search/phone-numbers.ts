import { type CountryCode, getCountries, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { fold } from '#contracts/fold.ts'
import { readPlainPhone } from './plain-phone.ts'

const englishNames = new Intl.DisplayNames(['en'], { type: 'region' })
const codeByName = new Map<string, CountryCode>(getCountries().map((code) => [fold(englishNames.of(code) ?? code), code]))
for (const [name, code] of [
  ['usa', 'US'],
  ['u.s.', 'US'],
  ['u.s.a.', 'US'],
  ['united states of america', 'US'],
  ['america', 'US'],
  ['uk', 'GB'],
  ['great britain', 'GB'],
  ['england', 'GB'],
  ['scotland', 'GB'],
  ['wales', 'GB'],
  ['northern ireland', 'GB'],
  ['holland', 'NL'],
  ['the netherlands', 'NL'],
  ['czech republic', 'CZ'],
  ['korea', 'KR'],
  ['uae', 'AE'],
  ['deutschland', 'DE'],
] as const)
  codeByName.set(name, code)

function countryCode(country: string | null | undefined): CountryCode | undefined {
  if (country === null || country === undefined) return undefined
  const upper = country.trim().toUpperCase()
  if (isSupportedCountry(upper)) return upper
  return codeByName.get(fold(country.trim()))
}

const extension = /(?:ext\.?|extension|x|#)\s*\d{1,7}\s*$/i

interface Parsed {
  /** E.164 with its `+`, and the part after the calling code; undefined when the text is no number, or its country unknown. */
  number: { number: string; nationalNumber: string } | undefined
  digits: string
}

// A record's number is parsed for its key and again for its words; parsing is most of what indexing a contact costs.
const recent = new Map<string, Parsed>()
const maxRecent = 5000

function parse(text: string, country: string | null | undefined): Parsed {
  const plain = readPlainPhone(text)
  if (plain !== undefined) return { number: plain, digits: plain.digits }
  const key = `${country ?? ''}\n${text.slice(0, 60)}`
  let parsed = recent.get(key)
  if (parsed === undefined) {
    parsed = parseNumber(text.slice(0, 60), country)
    if (recent.size >= maxRecent) recent.clear()
    recent.set(key, parsed)
  }
  return parsed
}

/** The library's reading, whatever the number looks like. */
export function parseNumber(text: string, country: string | null | undefined): Parsed {
  const international = text.trim().replace(/^00(?=[1-9])/, '+')
  const bare = international.replace(extension, '')
  const number = parsePhoneNumberFromString(bare, countryCode(country) ?? {})
  return { number, digits: bare.replace(/\D/g, '') }
}

/**
 * What a phone number is compared by: its E.164 digits without `+`, or, when its country is unknown, its digits as written.
 * @param country ISO code or English name, used when the number has no country code
 * @returns null when there are fewer than three digits
 */
export function phoneKey(text: string, country?: string | null): string | null {
  const { number, digits } = parse(text, country)
  if (number !== undefined) return number.number.slice(1)
  return digits.length >= 3 ? digits.slice(0, 20) : null
}

/** Every digit string under which a number is found: international, national with and without trunk zero, and without area code. */
export function phoneWords(text: string, country?: string | null): string[] {
  const { number, digits } = parse(text, country)
  if (number === undefined && digits.length < 3) return []
  const words = new Set<string>()
  if (number !== undefined) words.add(number.number.slice(1)).add(number.nationalNumber)
  words.add(digits.slice(0, 20)).add(digits.replace(/^0+/, '').slice(0, 20))
  const national = number?.nationalNumber ?? digits
  if (national.length >= 9) words.add(national.slice(-7))
  return [...words].filter((word) => word.length >= 3)
}
