import { describe, expect, it } from 'vitest'
import { parseDecimal, parseInstant, parseValue } from './parse-value.ts'

describe('parseDecimal', () => {
  it.each([
    ['1234.5', '1234.5'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1,234', '1234'],
    ['1,23', '1.23'],
    ['1.234.567', '1234567'],
    ['$50', '50'],
    ['€ 20', '20'],
    ['20 €', '20'],
    ['USD 1,000', '1000'],
    ['-3', '-3'],
    ['-$3.50', '-3.50'],
    ['(5)', '-5'],
    ['0', '0'],
    ['-0', '0'],
    ['007', '7'],
    ["1'234.50", '1234.50'],
    ['99999999999999999999.99', '99999999999999999999.99'],
  ])('%s is %s', (text, decimal) => expect(parseDecimal(text)).toBe(decimal))

  it.each(['', 'abc', '1e5', '1.2.3', '--1', '1 000 000x', 'NaN', 'Infinity', '9'.repeat(31), '1,2,3.4.5'])('%s is no number', (text) =>
    expect(parseDecimal(text)).toBeUndefined(),
  )
})

describe('parseInstant', () => {
  it.each([
    ['2025-01-31', 'UTC', '2025-01-31T00:00:00.000Z'],
    ['2025-01-31', 'America/New_York', '2025-01-31T05:00:00.000Z'],
    ['2025-07-31 10:15:00', 'Europe/Berlin', '2025-07-31T08:15:00.000Z'],
    ['2025-07-31T10:15:00+02:00', 'America/New_York', '2025-07-31T08:15:00.000Z'],
    ['2025-07-31T10:15:00.123Z', 'UTC', '2025-07-31T10:15:00.123Z'],
    ['2023-10-01 09:15:02', 'UTC', '2023-10-01T09:15:02.000Z'],
  ])('%s in %s is %s', (text, zone, instant) => expect(parseInstant(text, zone)).toBe(instant))

  it.each(['2025-02-30', '31/01/2025', 'yesterday', '2025-13-01', '2025-1-1', '12/1/2010 8:45'])('%s is no instant', (text) =>
    expect(parseInstant(text, 'UTC')).toBeUndefined(),
  )
})

describe('parseValue', () => {
  const parse = (type: Parameters<typeof parseValue>[0], raw: unknown, rules = {}) => parseValue(type, raw, rules, { timeZone: 'UTC' })
  it('empties on empty text', () => expect(parse('text', '   ')).toEqual({ value: null }))
  it('takes a day as written whatever the zone', () =>
    expect(parseValue('date', '2025-03-30T23:30:00-05:00', {}, { timeZone: 'America/New_York' })).toEqual({ value: '2025-03-30' }))
  it('splits tags without regard to case', () => expect(parse('tags', 'VIP; vip ;New')).toEqual({ value: ['VIP', 'New'] }))
  it('names the choices', () => expect(parse('choice', 'maybe', { choices: ['open', 'won'] })).toEqual({ problem: expect.stringContaining('open, won') }))
  it('keeps a rating in range', () => expect(parse('integer', '6', { min: 1, max: 5 })).toEqual({ problem: '6 is above 5' }))
  it('refuses a NUL character', () => expect(parse('text', 'a\0b')).toEqual({ problem: expect.stringContaining('NUL') }))
  it('accepts an address without a top-level domain', () => expect(parse('email', 'taylor.jackson@nanolabs')).toEqual({ value: 'taylor.jackson@nanolabs' }))
  it('refuses a currency that is none', () => expect(parse('currency', 'ABC')).toEqual({ problem: expect.stringContaining('ISO 4217') }))
})
