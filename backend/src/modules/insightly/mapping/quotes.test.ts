import { describe, expect, it } from 'vitest'
import { toInsightly, toRecord } from './index.ts'
import { idHere, lookups } from './mapping.testing.ts'

const { incoming, outgoing } = lookups()
const quote = (row: Record<string, unknown>) => toRecord('quotes', { QUOTE_ID: 9, ...row }, incoming).values
const line = (row: Record<string, unknown>, productOf?: (entry: number) => string | undefined) =>
  toRecord('quote_lines', { QUOTATION_ITEM_ID: 9, ...row }, productOf === undefined ? incoming : { ...incoming, productOf }).values

describe('a quote of Insightly', () => {
  it('is read into our fields, with whom it is for by name beside the number', () => {
    const values = quote({
      QUOTATION_NAME: ' Roof ',
      QUOTATION_NUMBER: 'Q-1',
      QUOTE_STATUS: 'AWAITING APPROVAL',
      OPPORTUNITY_ID: 3,
      ORGANISATION_ID: 4,
      CONTACT_ID: 5,
      OWNER_USER_ID: 6,
      QUOTATION_EXPIRATION_DATE: '2026-05-06 00:00:00',
      QUOTATION_CURRENCY_CODE: 'eur',
      SUBTOTAL: '12345678901234567.89',
      DISCOUNT: 2.5,
      TAX: 1,
      SHIPPING_HANDLING: '0.50',
      GRAND_TOTAL: '99.90',
      TOTAL_PRICE: '98.4',
      QUOTATION_DESCRIPTION: 'As agreed',
      ADDRESS_SHIPPING_CITY: 'Leeds',
    })
    expect(values).toMatchObject({
      external_id: '9',
      name: 'Roof',
      quote_number: 'Q-1',
      status: 'Awaiting Approval',
      opportunity_id: idHere('opportunities', 3),
      organisation_id: idHere('organisations', 4),
      organisation: `label of ${idHere('organisations', 4)}`,
      contact_id: idHere('contacts', 5),
      contact: `label of ${idHere('contacts', 5)}`,
      owner_id: idHere('users', 6),
      expiration_date: '2026-05-06',
      currency: 'EUR',
      subtotal: '12345678901234567.89',
      discount: 2.5,
      tax: '1',
      shipping: '0.50',
      total: '99.90',
      custom: { total_price: 98.4, quotation_description: 'As agreed', address_shipping_city: 'Leeds' },
    })
  })

  it('is read where nearly everything is missing, and keeps a status that nobody knew of', () => {
    expect(quote({ QUOTATION_NAME: null, QUOTATION_EXPIRATION_DATE: '0001-01-01 00:00:00', ORGANISATION_ID: 0 })).toMatchObject({
      name: '(no name)',
      status: null,
      expiration_date: null,
      organisation_id: null,
      organisation: null,
      total: null,
    })
    expect(quote({ QUOTE_STATUS: 'On its way' }).status).toBe('On its way')
  })

  it('is not written', () => {
    const write = toInsightly('quotes', { ...quote({ QUOTATION_NAME: 'Roof', QUOTE_STATUS: 'Sent', GRAND_TOTAL: 1 }) }, outgoing, { isNew: false })
    expect(write.fields).toEqual({})
  })
})

describe('a line of a quote', () => {
  it('is about the product of its entry in the price book, where that is known', () => {
    const row = { QUOTE_ID: 2, PRICEBOOK_ENTRY_ID: 7, QUANTITY: 2.5, UNIT_PRICE: '9.95', SORT_ORDER: 3, DESCRIPTION: 'Tiles' }
    expect(line(row, (entry) => (entry === 7 ? 'tile' : undefined))).toMatchObject({
      quote_id: idHere('quotes', 2),
      product_id: 'tile',
      quantity: 2.5,
      unit_price: '9.95',
      position: 3,
      description: 'Tiles',
    })
    expect(line({ ...row, PRICEBOOK_ENTRY_ID: 8 }, () => undefined).product_id).toBeNull()
    expect(line({ ...row, PRICEBOOK_ENTRY_ID: null }).product_id).toBeNull()
  })
})
