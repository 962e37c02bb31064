import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDay, toInsightlyDate, toInstant } from './dates.ts'
import { errorText } from './error-text.ts'
import { parseBody, toBody } from './parse-body.ts'
import { toInsightlyState, toInsightlyTaskStatus } from './states.ts'

describe('a body of Insightly', () => {
  it('keeps the digits of amounts and of numbers that no float holds', () => {
    expect(parseBody('{"BID_AMOUNT": 0.10, "PRICE":1.5E+3,"TAX":-0.001,"QUANTITY":null,"DISCOUNT":"5"}')).toEqual({
      BID_AMOUNT: '0.10',
      PRICE: '1500',
      TAX: '-0.001',
      QUANTITY: null,
      DISCOUNT: '5',
    })
    expect(
      parseBody('[{"FIELD_VALUE":0.1},{"FIELD_VALUE":123456789012345678901},{"FIELD_VALUE":9007199254740993},{"FIELD_VALUE":1234567890123456.0}]'),
    ).toEqual([{ FIELD_VALUE: 0.1 }, { FIELD_VALUE: '123456789012345678901' }, { FIELD_VALUE: '9007199254740993' }, { FIELD_VALUE: 1234567890123456 }])
  })

  it('reads dates that stand for none as none, and only those', () => {
    expect(
      parseBody(
        '{"DATE_OF_BIRTH":"0001-01-01 00:00:00","DUE_DATE":"0000-00-00 00:00:00","START_DATE_UTC":"0001-01-01T00:00:00Z","TITLE":"0001-01-01 00:00:00","DATE_UPDATED_UTC":"2001-01-01 00:00:00"}',
      ),
    ).toEqual({ DATE_OF_BIRTH: null, DUE_DATE: null, START_DATE_UTC: null, TITLE: '0001-01-01 00:00:00', DATE_UPDATED_UTC: '2001-01-01 00:00:00' })
  })

  it('is what JSON says in everything else, whatever texts it holds', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"BID_AMOUNT": 12.50', '\\"PRICE\\":7', '{"TAX":1}', '","DUE_DATE":"0001-01-01 00:00:00"', '12345678901234567890', 'BID_AMOUNT'),
    )
    fc.assert(
      fc.property(
        fc.array(fc.record({ TITLE: words, FIELD_NAME: words, FIELD_VALUE: fc.oneof(words, fc.boolean(), fc.constant(null), fc.integer()), ID: fc.integer() })),
        (rows) => {
          expect(parseBody(JSON.stringify(rows))).toEqual(rows)
        },
      ),
    )
  })

  it('is written with the digits of amounts, and reads back as it was', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 1, max: 999 }), (whole, part) => {
        const amount = `${whole}.${part}`
        const body = toBody({ BID_AMOUNT: amount, OPPORTUNITY_NAME: amount })
        expect(body).toBe(`{"BID_AMOUNT":${amount},"OPPORTUNITY_NAME":"${amount}"}`)
        expect(parseBody(body)).toEqual({ BID_AMOUNT: amount, OPPORTUNITY_NAME: amount })
      }),
    )
    expect(toBody({ PRICE: 'a lot' })).toBe('{"PRICE":"a lot"}')
  })

  it('is refused when it is no JSON', () => {
    for (const text of ['{"a":', '<html>', '{"BID_AMOUNT":1-2}']) expect(() => parseBody(text)).toThrow()
  })
})

describe('dates of Insightly', () => {
  it('are instants in UTC, in both forms', () => {
    for (const date of ['2024-05-06 07:08:09', '2024-05-06T07:08:09Z', '2024-05-06T09:08:09+02:00']) expect(toInstant(date)).toBe('2024-05-06T07:08:09.000Z')
    expect(toDay('2024-05-06 23:59:59')).toBe('2024-05-06')
    expect(toInsightlyDate('2024-05-06T09:08:09.999+02:00')).toBe('2024-05-06 07:08:09')
    for (const date of [null, undefined, '', '0001-01-01 00:00:00', '0000-00-00 00:00:00', '2024-02-31 00:00:00', 'soon']) expect(toInstant(date)).toBeNull()
  })
})

describe('what an error says', () => {
  it('is one line of words, never a page', () => {
    expect(errorText('"Record not found"')).toBe('Record not found')
    expect(errorText('{"error":{"message":"No"}}')).toBe('No')
    expect(errorText('{broken')).toBe('{broken')
    for (const body of ['', '  ', '<!DOCTYPE html><p>x', '\r\n<html>', '{}', '[]']) expect(errorText(body)).toBeUndefined()
    expect(errorText(`a\u0000b\u202e ${'x'.repeat(1000)}`)?.length).toBeLessThanOrEqual(301)
  })
})

describe('words of states', () => {
  it('are sent as Insightly writes them', () => {
    expect(['OPEN', 'won', 'Lost ', 'nearly'].map(toInsightlyState)).toEqual(['Open', 'Won', 'Lost', undefined])
    expect(['NOT STARTED', 'in_progress', 'completed', 'done'].map(toInsightlyTaskStatus)).toEqual(['Not Started', 'In Progress', 'Completed', undefined])
  })
})
