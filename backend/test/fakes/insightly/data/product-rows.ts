import { catalogue } from '../../../../seeds/demo/names/products.ts'
import { randomFor } from '../../../../seeds/demo/random.ts'
import { writeDate } from '../dates.ts'
import { type Row, toNumber } from '../json.ts'
import type { Kinship } from './kinship.ts'
import { drawAddress, drawPlace } from './person.ts'
import { firstUserId } from './reference-rows.ts'
import { createdAt, updatedAt } from './times.ts'
import { dayMs, firstInstant, idAt, type World } from './world.ts'

const created = writeDate(firstInstant)
const stamps = { DATE_CREATED_UTC: created, DATE_UPDATED_UTC: created, CREATED_USER_ID: firstUserId }
const standardPricebookId = 51_001
const entryIdOf = (product: number) => 53_000 + product * 3

/** The catalogue: as many products at any size. */
export const productRows: Readonly<Record<'Product' | 'Pricebook' | 'PricebookEntry', readonly Row[]>> = {
  Product: catalogue.map((item, index) => ({
    PRODUCT_ID: productIdOf(index),
    PRODUCT_NAME: item.name,
    PRODUCT_CODE: item.sku,
    PRODUCT_SKU: item.sku,
    DESCRIPTION: item.description,
    PRODUCT_FAMILY: item.category,
    PRODUCT_IMAGE_URL: null,
    CURRENCY_CODE: 'USD',
    DEFAULT_PRICE: toNumber(item.price),
    ...stamps,
    OWNER_USER_ID: firstUserId,
    ACTIVE: item.active,
    CUSTOMFIELDS: [],
  })),
  Pricebook: [
    {
      PRICEBOOK_ID: standardPricebookId,
      NAME: 'Standard',
      DESCRIPTION: null,
      CURRENCY_CODE: 'USD',
      IS_STANDARD: true,
      ACTIVE: true,
      OWNER_USER_ID: firstUserId,
      ...stamps,
    },
    {
      PRICEBOOK_ID: standardPricebookId + 1,
      NAME: 'Partners',
      DESCRIPTION: null,
      CURRENCY_CODE: 'USD',
      IS_STANDARD: false,
      ACTIVE: true,
      OWNER_USER_ID: firstUserId,
      ...stamps,
    },
  ],
  PricebookEntry: catalogue.map((item, index) => ({
    PRICEBOOK_ENTRY_ID: entryIdOf(index),
    PRICEBOOK_ID: standardPricebookId,
    PRODUCT_ID: productIdOf(index),
    CURRENCY_CODE: 'USD',
    PRICE: toNumber(item.price),
    USE_STANDARD_PRICE: true,
    ACTIVE: item.active,
    ...stamps,
    CUSTOMFIELDS: [],
  })),
}

function productIdOf(index: number): number {
  return 52_000 + index * 3
}

interface Line {
  product: number
  quantity: number
  unitPrice: number
  discount: number
}

function lineAt(world: World, index: number): Line {
  const random = randomFor(world.seed, 'line', index)
  const product = random.int(0, catalogue.length - 1)
  return { product, quantity: random.int(1, 40), unitPrice: Number(catalogue[product]?.price ?? 0), discount: random.pick([0, 0, 0, 5, 10]) }
}

const cents = (amount: number) => Math.round(amount * 100) / 100
const subtotalOf = ({ quantity, unitPrice }: Line) => cents(quantity * unitPrice)
const totalOf = (line: Line) => cents(subtotalOf(line) * (1 - line.discount / 100))

function lineRow(world: World, line: Line, name: 'QuotationLineItem' | 'OpportunityLineItem', index: number): Row {
  return {
    PRICEBOOK_ENTRY_ID: entryIdOf(line.product),
    DESCRIPTION: catalogue[line.product]?.name ?? null,
    CURRENCY_CODE: 'USD',
    QUANTITY: line.quantity,
    LIST_PRICE: line.unitPrice,
    UNIT_PRICE: line.unitPrice,
    SUBTOTAL: subtotalOf(line),
    DISCOUNT: line.discount,
    TOTAL_PRICE: totalOf(line),
    DATE_CREATED_UTC: writeDate(createdAt(world, name, index)),
    DATE_UPDATED_UTC: writeDate(updatedAt(world, name, index)),
    CUSTOMFIELDS: [],
  }
}

/** Every tenth opportunity has a quotation, of two lines each. */
const opportunityOf = (quotation: number) => quotation * 10

export function opportunityLineItemRow(world: World, index: number): Row {
  const own = { OPPORTUNITY_ITEM_ID: idAt('OpportunityLineItem', index), OPPORTUNITY_ID: idAt('Opportunities', opportunityOf(index >> 1)), SERVICE_DATE: null }
  return { ...own, ...lineRow(world, lineAt(world, index), 'OpportunityLineItem', index) }
}

export function quotationLineItemRow(world: World, index: number): Row {
  const own = {
    QUOTATION_ITEM_ID: idAt('QuotationLineItem', index),
    QUOTE_ID: idAt('Quotation', index >> 1),
    OPPORTUNITY_ITEM_ID: idAt('OpportunityLineItem', index),
  }
  return { ...own, ...lineRow(world, lineAt(world, index), 'QuotationLineItem', index), SORT_ORDER: index % 2 }
}

/** For the customer of its opportunity. */
export function quotationRow(world: World, kinship: Kinship, index: number): Row {
  const random = randomFor(world.seed, 'quotation', index)
  const lines = [lineAt(world, index * 2), lineAt(world, index * 2 + 1)]
  const subtotal = cents(lines.reduce((sum, line) => sum + subtotalOf(line), 0))
  const total = cents(lines.reduce((sum, line) => sum + totalOf(line), 0))
  const address = drawAddress(random, drawPlace(random))
  const at = createdAt(world, 'Quotation', index)
  const organisation = kinship.organisationOf('Opportunities', opportunityOf(index))
  const contact = kinship.contactOf(opportunityOf(index))
  return {
    QUOTE_ID: idAt('Quotation', index),
    QUOTATION_NAME: `Quote ${index + 1}`,
    OPPORTUNITY_ID: idAt('Opportunities', opportunityOf(index)),
    CONTACT_ID: contact === undefined ? null : idAt('Contacts', contact),
    ORGANISATION_ID: organisation === undefined ? null : idAt('Organisations', organisation),
    PRICEBOOK_ID: standardPricebookId,
    QUOTATION_NUMBER: `Q-${String(index + 1).padStart(6, '0')}`,
    QUOTATION_DESCRIPTION: null,
    QUOTATION_PHONE: null,
    QUOTATION_EMAIL: null,
    QUOTATION_FAX: null,
    QUOTE_STATUS: random.pick(['Draft', 'Awaiting Approval', 'Approved', 'Sent', 'Accepted', 'Declined']),
    QUOTATION_EXPIRATION_DATE: writeDate(at + 30 * dayMs),
    LINE_ITEM_COUNT: lines.length,
    IS_SYNCING: false,
    QUOTATION_CURRENCY_CODE: 'USD',
    SUBTOTAL: subtotal,
    DISCOUNT: subtotal === 0 ? 0 : cents(((subtotal - total) / subtotal) * 100),
    TOTAL_PRICE: total,
    SHIPPING_HANDLING: 0,
    TAX: 0,
    GRAND_TOTAL: total,
    ADDRESS_BILLING_NAME: null,
    ADDRESS_BILLING_STREET: address.street,
    ADDRESS_BILLING_CITY: address.city,
    ADDRESS_BILLING_STATE: address.state === '' ? null : address.state,
    ADDRESS_BILLING_POSTCODE: address.postcode,
    ADDRESS_BILLING_COUNTRY: address.country,
    ADDRESS_SHIPPING_NAME: null,
    ADDRESS_SHIPPING_STREET: null,
    ADDRESS_SHIPPING_CITY: null,
    ADDRESS_SHIPPING_STATE: null,
    ADDRESS_SHIPPING_POSTCODE: null,
    ADDRESS_SHIPPING_COUNTRY: null,
    OWNER_USER_ID: firstUserId,
    DATE_CREATED_UTC: writeDate(at),
    DATE_UPDATED_UTC: writeDate(updatedAt(world, 'Quotation', index)),
    CREATED_USER_ID: firstUserId,
    CUSTOMFIELDS: [],
  }
}
