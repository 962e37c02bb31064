import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { TypedQuery } from '#contracts/query.ts'
import { weekdayOrder } from './columns.ts'
import type { CompileContext } from './compile-context.ts'
import type { Group } from './groups.ts'
import type { OutputColumn } from './result-columns.ts'
import { didYouMean, nearestNames } from './suggestions.ts'

/** ORDER BY of groups: as asked; else time forwards and other groups from the biggest; equals by their keys. */
export function groupOrder(
  context: CompileContext,
  query: TypedQuery,
  groups: readonly Group[],
  outputs: readonly OutputColumn[],
  measured: readonly OutputColumn[],
): SQL {
  const texts = new Set(groups.filter((group) => group.isText).map((group) => group.output.name))
  const weekdays = new Set(groups.filter((group) => group.isWeekday).map((group) => group.output.name))
  const place = (name: string) =>
    weekdays.has(name) ? weekdayOrder(sql`${sql.identifier(name)}`) : texts.has(name) ? sql`fold(${sql.identifier(name)})` : sql.identifier(name)
  const ordered = (name: string, direction: string) => sql`${place(name)} ${sql.raw(direction)} nulls last`
  const orders: SQL[] = []
  for (const [index, { by, direction }] of (query.sort ?? []).entries()) {
    const output = outputs.find(({ column, id }) => column.key === by || id?.key === by)
    if (output !== undefined) orders.push(ordered(output.name, direction))
    else {
      const keys = outputs.map(({ column }) => column.key)
      const nearest = nearestNames(
        by,
        keys.map((name) => ({ name })),
      )
      context.problems.push({
        field: `sort[${index}].by`,
        message: `Groups cannot be sorted by "${by}". ${didYouMean(nearest, `They can by ${keys.join(', ')}.`)}`,
      })
    }
  }
  if (orders.length === 0) {
    const time = groups.find((group) => group.bucket !== undefined)
    if (time !== undefined) orders.push(ordered(time.output.name, 'asc'))
    const [first] = measured
    if (first !== undefined) orders.push(ordered(first.name, 'desc'))
  }
  const ties = outputs
    .filter((output) => groups.some((group) => group.output === output) || output.name === 'currency')
    .flatMap(({ name, id }) => [ordered(name, 'asc'), sql`${sql.identifier(name)}`, ...(id === undefined ? [] : [sql`${sql.identifier(id.name)}`])])
  return sql.join([...orders, ...ties, sql`present`], sql`, `)
}
