import { amount, currency, day, extra, extraTexts, flag, listed, type MappedField, number, reference, text, words } from './mapped-field.ts'
import { bidType, opportunityState } from './words.ts'

/** `domain` has its own way there: it is among the e-mail domains. */
export const organisationFields: readonly MappedField[] = [
  text('name', 'ORGANISATION_NAME', 255, { isRequired: true, standIn: '(no name)' }),
  text('phone', 'PHONE', 255),
  text('city', 'ADDRESS_BILLING_CITY', 255),
  text('state', 'ADDRESS_BILLING_STATE', 255),
  text('country', 'ADDRESS_BILLING_COUNTRY', 255),
  reference('owner_id', 'OWNER_USER_ID', 'users'),
  ...extraTexts('organisations', {
    WEBSITE: ['Website', 255],
    BACKGROUND: ['Background', 4000],
    PHONE_FAX: ['Fax', 255],
    SOCIAL_LINKEDIN: ['LinkedIn', 255],
    SOCIAL_FACEBOOK: ['Facebook', 255],
    SOCIAL_TWITTER: ['Twitter', 255],
    ADDRESS_BILLING_STREET: ['Billing street', 255],
    ADDRESS_BILLING_POSTCODE: ['Billing postcode', 128],
    ADDRESS_SHIP_STREET: ['Shipping street', 255],
    ADDRESS_SHIP_CITY: ['Shipping city', 255],
    ADDRESS_SHIP_STATE: ['Shipping state', 255],
    ADDRESS_SHIP_POSTCODE: ['Shipping postcode', 128],
    ADDRESS_SHIP_COUNTRY: ['Shipping country', 255],
  }),
]

const elsewhere = { writes: null }

/** State, pipeline and stage have calls of their own there, and the contact is a link. */
export const opportunityFields: readonly MappedField[] = [
  text('name', 'OPPORTUNITY_NAME', 255, { isRequired: true, standIn: '(no name)' }),
  reference('organisation_id', 'ORGANISATION_ID', 'organisations'),
  reference('pipeline_id', 'PIPELINE_ID', 'pipelines', elsewhere),
  reference('stage_id', 'STAGE_ID', 'stages', elsewhere),
  words('state', 'OPPORTUNITY_STATE', opportunityState, { ...elsewhere, assumed: 'open' }),
  amount('value', 'BID_AMOUNT', { reads: ['OPPORTUNITY_VALUE', 'BID_AMOUNT'], writes: null }),
  currency('currency', 'BID_CURRENCY'),
  number('probability', 'PROBABILITY', { min: 0, max: 100 }),
  day('forecast_close_date', 'FORECAST_CLOSE_DATE'),
  day('actual_close_date', 'ACTUAL_CLOSE_DATE'),
  reference('owner_id', 'OWNER_USER_ID', 'users'),
  ...extraTexts('opportunities', { OPPORTUNITY_DETAILS: ['Details', 4000] }),
  extra('opportunities', 'Category', listed('category', 'CATEGORY_ID', 'opportunityCategories')),
  extra('opportunities', 'Kind of bid', words('bid_type', 'BID_TYPE', bidType)),
  extra('opportunities', 'Duration of the bid', number('bid_duration', 'BID_DURATION', { min: 0, max: 2_147_483_647 })),
]

export const productFields: readonly MappedField[] = [
  text('sku', 'PRODUCT_SKU', 255, { reads: ['PRODUCT_SKU', 'PRODUCT_CODE'] }),
  text('name', 'PRODUCT_NAME', 255, { isRequired: true, standIn: '(no name)' }),
  text('description', 'DESCRIPTION', 4000),
  text('category', 'PRODUCT_FAMILY', 255),
  amount('price', 'DEFAULT_PRICE', { isRequired: true }),
  currency('currency', 'CURRENCY_CODE', elsewhere),
  flag('active', 'ACTIVE', { assumed: true }),
  ...extraTexts('products', { PRODUCT_CODE: ['Product code', 255] }),
]
