import type { World } from '#backend/modules/planner/world/world.ts'
import type { Filter } from '#contracts/query.ts'
import type { Frame } from './frame.ts'

const place = /^(organisation|contact)\.(city|state|country)$/

/** "Revenue in New Zealand": what persons without a company bought there is of that place, too. */
export function placesOfCustomers(frame: Frame, { customerOrders }: World): void {
  if (frame.entity !== 'orders' && frame.entity !== 'order_lines') return
  if (customerOrders.organisations === 0 || customerOrders.contacts === 0) return
  frame.constraints = frame.constraints.map((constraint) => {
    const filter = constraint.slot === 'place' ? withPersons(constraint.filter) : undefined
    return filter === undefined ? constraint : { ...constraint, filter }
  })
}

function withPersons(filter: Filter): Filter | undefined {
  if (!('field' in filter) || (filter.op !== 'eq' && filter.op !== 'in')) return undefined
  const [, holder, field] = place.exec(filter.field) ?? []
  if (holder === undefined) return undefined
  const other = holder === 'organisation' ? 'contact' : 'organisation'
  return {
    or: [
      filter,
      {
        and: [
          { field: holder, op: 'isEmpty' },
          { ...filter, field: `${other}.${field}` },
        ],
      },
    ],
  }
}
