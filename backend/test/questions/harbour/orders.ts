import { randomFor } from '../../../seeds/demo/random.ts'
import type { HarbourOrganisation } from './organisations.ts'
import type { HarbourContact } from './people.ts'
import { type HarbourProduct, products } from './products.ts'
import { dayMs, historyStart, isoTime, nowMs, officeHour, seed } from './timeline.ts'

export const orderCount = 800
const rates = { EUR: 1, GBP: 0.86, CHF: 0.94, PLN: 4.3 } as const
const sellable = products.filter(({ sku }) => sku !== 'HK-0320' && sku !== 'FD-3500')

/** Lines of orders over three years, the biggest part by organisations, some by one of their people, one in fifteen sent back in part. */
export function orderRows(organisations: readonly HarbourOrganisation[], contacts: readonly HarbourContact[]): Record<string, unknown>[] {
  const buyers = organisations.filter(({ isBuyer }) => isBuyer)
  return Array.from({ length: orderCount }, (_, index) => {
    const random = randomFor(seed, 'order', index)
    const organisation = buyers[Math.floor(random.next() ** 1.5 * buyers.length)] as HarbourOrganisation
    const person = random.chance(0.2) ? contacts.find((contact) => contact.organisation === organisation && contact.email !== '') : undefined
    const currency = organisation.country.currency
    const orderedAt = officeHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / orderCount), random)
    const items = new Set<HarbourProduct>(Array.from({ length: random.int(1, 4) }, () => random.pick(sellable)))
    const lines = [...items].map((item) => ({
      item,
      quantity: item.price < 30 ? random.int(20, 400) : item.price > 2000 ? random.int(1, 2) : random.int(1, 12),
      unitPrice: (item.price * rates[currency] * (random.chance(0.25) ? 0.92 : 1)).toFixed(2),
    }))
    const toRow =
      (number: string, at: number) =>
      ({ item, quantity, unitPrice }: (typeof lines)[number]) => ({
        order_id: number,
        customer: person?.email ?? organisation.externalId,
        ordered_at: isoTime(at),
        sku: item.sku,
        description: item.name,
        quantity,
        unit_price: unitPrice,
        currency,
      })
    const rows = lines.map(toRow(`AB-${40_000 + index}`, orderedAt))
    const returnedAt = orderedAt + random.int(5, 30) * dayMs
    const [back] = lines.filter(({ item }) => item.category !== 'Services')
    if (back === undefined || returnedAt > nowMs || !random.chance(0.07)) return rows
    return [...rows, toRow(`GS-${40_000 + index}`, returnedAt)({ ...back, quantity: -Math.max(1, Math.floor(back.quantity / 3)) })]
  }).flat()
}
