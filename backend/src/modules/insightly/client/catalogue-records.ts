import type { InsightlyCustomField, InsightlyRow } from './records.ts'

type Texts<K extends string> = { [F in K]?: string | null }
type Numbers<K extends string> = { [F in K]?: number | null }
type Flags<K extends string> = { [F in K]?: boolean | null }
/** Decimal text with all its digits, never a float. */
type Amounts<K extends string> = { [F in K]?: string | null }
type Stamps = Texts<'DATE_CREATED_UTC' | 'DATE_UPDATED_UTC'> & Numbers<'OWNER_USER_ID' | 'CREATED_USER_ID'>
interface Kept {
  CUSTOMFIELDS?: InsightlyCustomField[] | null
}

export type InsightlyProduct = InsightlyRow &
  Kept &
  Stamps &
  Texts<'PRODUCT_NAME' | 'PRODUCT_CODE' | 'PRODUCT_SKU' | 'DESCRIPTION' | 'PRODUCT_FAMILY' | 'PRODUCT_IMAGE_URL' | 'CURRENCY_CODE'> &
  Amounts<'DEFAULT_PRICE'> &
  Flags<'ACTIVE'> & { PRODUCT_ID: number }

export type InsightlyPricebook = InsightlyRow &
  Stamps &
  Texts<'NAME' | 'DESCRIPTION' | 'CURRENCY_CODE'> &
  Flags<'IS_STANDARD' | 'ACTIVE'> & { PRICEBOOK_ID: number }

export type InsightlyPricebookEntry = InsightlyRow &
  Kept &
  Stamps &
  Texts<'CURRENCY_CODE'> &
  Amounts<'PRICE'> &
  Flags<'USE_STANDARD_PRICE' | 'ACTIVE'> &
  Numbers<'PRICEBOOK_ID' | 'PRODUCT_ID'> & { PRICEBOOK_ENTRY_ID: number }

export type InsightlyOpportunityLineItem = InsightlyRow &
  Kept &
  Stamps &
  Texts<'CURRENCY_CODE' | 'DESCRIPTION' | 'SERVICE_DATE'> &
  Amounts<'UNIT_PRICE' | 'QUANTITY' | 'TOTAL_PRICE' | 'LIST_PRICE' | 'SUBTOTAL' | 'DISCOUNT'> &
  Numbers<'OPPORTUNITY_ID' | 'PRICEBOOK_ENTRY_ID'> & { OPPORTUNITY_ITEM_ID: number }

export type InsightlyQuotation = InsightlyRow &
  Kept &
  Stamps &
  Texts<
    | `QUOTATION_${'NAME' | 'NUMBER' | 'DESCRIPTION' | 'PHONE' | 'EMAIL' | 'FAX' | 'EXPIRATION_DATE' | 'CURRENCY_CODE'}`
    | 'QUOTE_STATUS'
    | `ADDRESS_${'BILLING' | 'SHIPPING'}_${'NAME' | 'STREET' | 'CITY' | 'STATE' | 'POSTCODE' | 'COUNTRY'}`
  > &
  Amounts<'SUBTOTAL' | 'DISCOUNT' | 'TOTAL_PRICE' | 'SHIPPING_HANDLING' | 'TAX' | 'GRAND_TOTAL'> &
  Flags<'IS_SYNCING'> &
  Numbers<'OPPORTUNITY_ID' | 'CONTACT_ID' | 'ORGANISATION_ID' | 'PRICEBOOK_ID' | 'LINE_ITEM_COUNT'> & { QUOTE_ID: number }

export type InsightlyQuotationLineItem = InsightlyRow &
  Kept &
  Stamps &
  Texts<'DESCRIPTION' | 'CURRENCY_CODE'> &
  Amounts<'QUANTITY' | 'LIST_PRICE' | 'UNIT_PRICE' | 'SUBTOTAL' | 'DISCOUNT' | 'TOTAL_PRICE'> &
  Numbers<'QUOTE_ID' | 'OPPORTUNITY_ITEM_ID' | 'PRICEBOOK_ENTRY_ID' | 'SORT_ORDER'> & { QUOTATION_ITEM_ID: number }
