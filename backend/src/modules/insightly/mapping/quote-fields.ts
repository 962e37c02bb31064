import { amount, currency, day, decimal, extra, extraTexts, flag, type MappedField, number, reference, text, words } from './mapped-field.ts'
import { quoteStatus } from './words.ts'

const readOnly = { writes: null }
/** What 32 bits hold. */
const whole = { min: -2_147_483_648, max: 2_147_483_647 }

const address = (kind: 'BILLING' | 'SHIPPING', label: string): Record<string, [string, number]> => ({
  [`ADDRESS_${kind}_NAME`]: [`${label} name`, 255],
  [`ADDRESS_${kind}_STREET`]: [`${label} street`, 255],
  [`ADDRESS_${kind}_CITY`]: [`${label} city`, 255],
  [`ADDRESS_${kind}_STATE`]: [`${label} state`, 255],
  [`ADDRESS_${kind}_POSTCODE`]: [`${label} postcode`, 128],
  [`ADDRESS_${kind}_COUNTRY`]: [`${label} country`, 255],
})

/** Quotes come from there only: their sums follow from lines, which name entries of price books that are not here. */
export const quoteFields: readonly MappedField[] = [
  text('name', 'QUOTATION_NAME', 255, { ...readOnly, standIn: '(no name)' }),
  text('quote_number', 'QUOTATION_NUMBER', 30, readOnly),
  words('status', 'QUOTE_STATUS', quoteStatus, readOnly),
  reference('opportunity_id', 'OPPORTUNITY_ID', 'opportunities', readOnly),
  reference('organisation_id', 'ORGANISATION_ID', 'organisations', readOnly),
  reference('contact_id', 'CONTACT_ID', 'contacts', readOnly),
  day('expiration_date', 'QUOTATION_EXPIRATION_DATE', readOnly),
  amount('subtotal', 'SUBTOTAL', readOnly),
  decimal('discount', 'DISCOUNT', readOnly),
  amount('tax', 'TAX', readOnly),
  amount('shipping', 'SHIPPING_HANDLING', readOnly),
  amount('total', 'GRAND_TOTAL', readOnly),
  currency('currency', 'QUOTATION_CURRENCY_CODE', readOnly),
  reference('owner_id', 'OWNER_USER_ID', 'users', readOnly),
  extra('quotes', 'Total before tax and shipping', decimal('total_price', 'TOTAL_PRICE', readOnly)),
  extra('quotes', 'Synced with the opportunity', flag('is_syncing', 'IS_SYNCING', readOnly)),
  ...extraTexts('quotes', {
    QUOTATION_DESCRIPTION: ['Description', 4000],
    QUOTATION_PHONE: ['Phone', 255],
    QUOTATION_EMAIL: ['E-mail', 255],
    QUOTATION_FAX: ['Fax', 255],
    ...address('BILLING', 'Billing'),
    ...address('SHIPPING', 'Shipping'),
  }).map((field) => ({ ...field, ...readOnly })),
]

/** The product is found through the entry of the price book. */
export const quoteLineFields: readonly MappedField[] = [
  reference('quote_id', 'QUOTE_ID', 'quotes', readOnly),
  text('description', 'DESCRIPTION', 255, readOnly),
  number('position', 'SORT_ORDER', whole, readOnly),
  decimal('quantity', 'QUANTITY', readOnly),
  amount('list_price', 'LIST_PRICE', readOnly),
  amount('unit_price', 'UNIT_PRICE', readOnly),
  amount('subtotal', 'SUBTOTAL', readOnly),
  decimal('discount', 'DISCOUNT', readOnly),
  amount('total', 'TOTAL_PRICE', readOnly),
  currency('currency', 'CURRENCY_CODE', readOnly),
]
