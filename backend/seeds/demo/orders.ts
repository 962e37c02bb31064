import { contactAt } from './contacts.ts'
import { type CatalogueItem, catalogue } from './names/products.ts'
import { type Organisation, organisationAt } from './organisations.ts'
import { type Random, randomFor } from './random.ts'
import { iso, officeTime } from './timeline.ts'
import { dayMs, type World } from './world.ts'

interface OrderLine {
  item: CatalogueItem
  quantity: number
  unitPrice: string
}

interface Order {
  number: string
  customer: string
  orderedAt: number
  currency: string
  lines: OrderLine[]
}

const byDemand = catalogue.map((item) => [item, item.demand] as const)
const bulky = new Set(['Software', 'Services', 'Gateways', 'Controllers', 'Flow meters'])
const rates = { USD: 1, EUR: 0.92, GBP: 0.79 } as const

/** A purchase order; numbers rise with time, customers come back, and each keeps to its own few products. */
function orderAt(world: World, index: number): Order | undefined {
  const random = randomFor(world.seed, 'order', index)
  const age = (index + random.next()) / world.counts.orders
  const orderedAt = officeTime(world, world.start + (world.now - world.start) * age ** 0.88, random)
  const buyer = drawBuyer(world, random, orderedAt)
  if (buyer === undefined) return undefined
  const { currency, size, index: place } = buyer.organisation
  const habit = randomFor(world.seed, 'habit', place)
  const favourites = Array.from({ length: 4 }, () => habit.weighted(byDemand))
  const items = new Set(
    Array.from({ length: random.int(1, random.chance(0.25) ? 5 : 3) }, () => (random.chance(0.55) ? random.pick(favourites) : random.weighted(byDemand))),
  )
  const lines = [...items].map((item): OrderLine => {
    const most = bulky.has(item.category) ? 3 : Math.min(60, 4 + Math.round((size ?? 80) / 60))
    const list = Number(item.price) * rates[currency] * (random.chance(0.2) ? 0.9 : 1)
    return { item, quantity: random.int(1, most), unitPrice: list.toFixed(2) }
  })
  return { number: `SO-${20_000 + index}`, customer: buyer.customer, orderedAt, currency, lines }
}

/** Companies buy under their own number; now and then one of their people does under theirs. */
function drawBuyer(world: World, random: Random, orderedAt: number): { customer: string; organisation: Organisation } | undefined {
  for (let attempt = 0; attempt < 24; attempt++) {
    // The square favours old customers: they order again and again.
    const organisation = organisationAt(world, Math.floor(random.next() ** 1.6 * world.counts.organisations))
    if (!organisation.isCustomer || organisation.createdAt > orderedAt) continue
    if (random.chance(0.7)) return { customer: organisation.externalId, organisation }
    const contact = contactAt(world, Math.min(Math.floor(organisation.index / 8) * 32 + random.int(0, 31), world.counts.contacts - 1))
    if (contact.email !== undefined && contact.organisation?.isCustomer && contact.createdAt <= orderedAt)
      return { customer: contact.email, organisation: contact.organisation }
    return { customer: organisation.externalId, organisation }
  }
  return undefined
}

function toRows(order: Order): Record<string, unknown>[] {
  return order.lines.map(({ item, quantity, unitPrice }) => ({
    order_id: order.number,
    customer: order.customer,
    ordered_at: iso(order.orderedAt),
    sku: item.sku,
    description: item.name,
    quantity: String(quantity),
    unit_price: unitPrice,
    currency: order.currency,
  }))
}

/** Part of what an earlier order brought, sent back some weeks later. */
function returnOf(world: World, index: number, order: Order): Order | undefined {
  const random = randomFor(world.seed, 'return', index)
  const returnedAt = order.orderedAt + random.int(4, 35) * dayMs
  const goods = order.lines.filter(({ item }) => item.category !== 'Services' && item.category !== 'Software')
  if (!random.chance(0.07) || goods.length === 0 || returnedAt > world.now - dayMs) return undefined
  const line = random.pick(goods)
  return {
    ...order,
    number: `RMA-${20_000 + index}`,
    orderedAt: officeTime(world, returnedAt, random),
    lines: [{ ...line, quantity: -random.int(1, Math.max(1, Math.ceil(line.quantity / 2))) }],
  }
}

/** Lines of the order of an index and of its return, if any part of it came back. */
export function orderRows(world: World, index: number): Record<string, unknown>[] {
  const order = orderAt(world, index)
  if (order === undefined) return []
  const returned = returnOf(world, index, order)
  return returned === undefined ? toRows(order) : [...toRows(order), ...toRows(returned)]
}
