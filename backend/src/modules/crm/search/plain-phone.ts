import { Metadata } from 'libphonenumber-js/min'

/** What the library's own types leave out. */
interface NumberingPlans {
  hasCallingCode(code: string): boolean
  selectNumberingPlan(code: string): void
  numberingPlan: { nationalPrefixForParsing(): string | undefined }
}

interface CallingCode {
  code: string
  /** What the library may take for a trunk prefix at the beginning of a number. */
  trunk: RegExp | undefined
}

/** Digits with the usual signs between them and nothing else: no letters, no extension, no second number. */
const plainPattern = /^\+[1-9][0-9]*(?:[ .-]?[0-9]+)*(?:[ .-]?\([0-9]+\)(?:[ .-]?[0-9]+)+)?$/
const signs = /[^0-9]+/g
const fewestDigits = 7
const mostDigits = 15

const known = new Map<string, CallingCode | null>()
const plans = new Metadata() as unknown as NumberingPlans

/** The country calling code that these digits begin with; no code is the beginning of another. */
function callingCodeOf(digits: string): CallingCode | null {
  for (let length = 1; length <= 3; length++) {
    const code = digits.slice(0, length)
    let found = known.get(code)
    if (found === undefined) {
      found = readCallingCode(code)
      known.set(code, found)
    }
    if (found !== null) return found
  }
  return null
}

function readCallingCode(code: string): CallingCode | null {
  if (!plans.hasCallingCode(code)) return null
  plans.selectNumberingPlan(code)
  const trunk = plans.numberingPlan.nationalPrefixForParsing()
  return { code, trunk: trunk === undefined ? undefined : new RegExp(`^(?:${trunk})`) }
}

/**
 * Reads a number that is written internationally at a twentieth of what the library takes; undefined leaves it to the library.
 * It must never say anything else than that: a test holds the two together.
 */
export function readPlainPhone(text: string): { number: string; nationalNumber: string; digits: string } | undefined {
  if (!plainPattern.test(text)) return undefined
  const digits = text.replace(signs, '')
  if (digits.length < fewestDigits || digits.length > mostDigits) return undefined
  const country = callingCodeOf(digits)
  if (country === null) return undefined
  const nationalNumber = digits.slice(country.code.length)
  // The library may take a trunk prefix away, after a look at what is left.
  if (nationalNumber.length < 4 || nationalNumber.startsWith('0') || country.trunk?.test(nationalNumber)) return undefined
  return { number: `+${digits}`, nationalNumber, digits }
}
