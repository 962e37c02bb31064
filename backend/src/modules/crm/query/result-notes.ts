import { type CustomFieldDefinition, entities } from '#contracts/entities.ts'
import type { TypedQuery } from '#contracts/query.ts'
import type { LeftOut } from './compile-context.ts'
import { fieldWords, listWords } from './filter-words.ts'

/** Place of the source, currency and number of records, as the statement tells them. */
export type LeftOutCount = [source: number, currency: string, records: number]

const mostRates = 8

/** "1 USD = 0.92 EUR and 1 GBP = 1.17 EUR". */
export function ratesWords({ to, rates }: NonNullable<TypedQuery['convert']>): string {
  const stated = Object.entries(rates).filter(([code]) => code !== to)
  if (stated.length > mostRates) return `${stated.length} stated rates`
  return listWords(
    stated.map(([code, rate]) => `1 ${code} = ${rate} ${to}`),
    'and',
  )
}

/** What a reader must know about converted figures. */
export function conversionNotes(
  query: TypedQuery,
  sources: readonly LeftOut[],
  counts: readonly LeftOutCount[],
  customFields: readonly CustomFieldDefinition[],
): string[] {
  const { convert } = query
  if (convert === undefined || sources.length === 0) return []
  const rates = ratesWords(convert)
  const notes = [
    rates === '' ? `Only amounts in ${convert.to} count; no rates were stated.` : `Amounts are compared and added in ${convert.to} at ${rates}, as stated.`,
  ]
  for (const [index, { entity, path, use }] of sources.entries()) {
    const left = counts.filter(([source]) => source === index)
    if (left.length === 0) continue
    const records = left.reduce((sum, [, , count]) => sum + count, 0)
    const { label, labelPlural } = entities[entity]
    const named = left.map(([, currency, count]) => `${count.toLocaleString('en-GB')} ${(count === 1 ? label : labelPlural).toLowerCase()} in ${currency}`)
    const what = `the ${fieldWords(entity, path, customFields)} of ${listWords(named, 'and')}`
    notes.push(use === 'figure' ? `Left out for want of a rate: ${what}.` : `${records === 1 ? 'Has' : 'Have'} no rate to be compared by: ${what}.`)
  }
  return notes
}
