import { Decimal } from 'decimal.js'

/** Fields that hold money or an exact amount: decimal text on our side, a number in JSON. */
export const amountFields: ReadonlySet<string> = new Set([
  'BID_AMOUNT',
  'OPPORTUNITY_VALUE',
  'DEFAULT_PRICE',
  'PRICE',
  'UNIT_PRICE',
  'LIST_PRICE',
  'TOTAL_PRICE',
  'SUBTOTAL',
  'DISCOUNT',
  'QUANTITY',
  'SHIPPING_HANDLING',
  'TAX',
  'GRAND_TOTAL',
])

// A quote within a text of JSON stands behind a backslash, so that these match names of members and nothing else.
const amounts = new RegExp(`("(?:${[...amountFields].join('|')})"\\s*:\\s*)(-?\\d[\\d.eE+-]*)`, 'g')
// The value first, which hardly anything has, and then whether it stands behind the name of a date.
const noDate = /"(?:0001-01-01|0000-00-00)(?:[ T]00:00:00(?:\.0+)?Z?)?"(?<="(?:[A-Z_]*DATE[A-Z_]*|FIELD_VALUE)"\s*:\s*"[^"]*")/g
/** Every double of at most this many digits is the number that was written. */
const exactDigits = 15
const tooManyDigits = /[:,[]\s*-?\d[\d.]{15}/

/**
 * The value of a JSON text with all digits: amounts as decimal text, other numbers as text where a float would not hold them, and dates that
 * stand for none as null.
 * @throws SyntaxError when it is not JSON
 */
export function parseBody(text: string): unknown {
  let exact = text.replace(amounts, (_all, name: string, value: string) => `${name}"${plain(value)}"`)
  if (exact.includes('0001-01-01') || exact.includes('0000-00-00')) exact = exact.replace(noDate, 'null')
  // Asking for the source of each number takes ten times as long; hardly any page has a number that needs it.
  return tooManyDigits.test(exact) ? JSON.parse(exact, keepDigits as (key: string, value: unknown) => unknown) : JSON.parse(exact)
}

/** The JSON text of a record to be written: amounts as the numbers they are, digit by digit. */
export function toBody(record: unknown): string {
  return JSON.stringify(record, (key, value: unknown) =>
    amountFields.has(key) && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? rawJson(plain(value)) : value,
  )
}

function keepDigits(_key: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== 'number' || source === undefined) return value
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '')
  return digits.length > exactDigits && !new Decimal(source).equals(value) ? plain(source) : value
}

/** Without exponent and leading noughts. */
function plain(source: string): string {
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(source)) return source
  const value = new Decimal(source)
  // Written out, an absurd exponent would fill the memory with noughts.
  return Math.abs(value.e) > 400 ? source : value.toFixed()
}

const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON
