import type { CleanedWhere, CustomAdapter } from '@better-auth/core/db/adapter'
import { newId } from '#backend/kernel/ids.ts'
import type { Row, RunStatement } from './accounts-database.ts'
import { createParameters, toColumns, toCondition, toFields, toTable } from './row-conditions.ts'
import { openRow, type SealingKeys, sealedColumns, sealRow } from './sealed-columns.ts'

/** Rows of the accounts' tables as better-auth reads and writes them, with sealed columns opened on the way out. */
export function createRowStore(query: RunStatement, keys: SealingKeys): CustomAdapter {
  const out = (table: string, row: Row | undefined) => (row === undefined ? null : toFields(openRow(keys, table, row)))

  async function idsOf(table: string, where: readonly CleanedWhere[]): Promise<string[]> {
    const parameters = createParameters()
    const rows = await query<{ id: string }>(`select id from "${table}" where ${toCondition(where, parameters)} limit 1`, parameters.values)
    return rows.map(({ id }) => id)
  }

  /** A condition on a sealed column is decided on what it holds, since the same text is never sealed alike twice. */
  async function unsealed(table: string, where: readonly CleanedWhere[]): Promise<readonly CleanedWhere[]> {
    const sealed = where.filter(({ field }) => sealedColumns[table]?.includes(toTable(field)))
    if (sealed.length === 0) return where
    const open = where.filter((clause) => !sealed.includes(clause))
    const parameters = createParameters()
    const rows = await query(`select * from "${table}" where ${toCondition(open, parameters)} limit 100`, parameters.values)
    const match = rows.find((row) => {
      const fields = toFields(openRow(keys, table, row))
      return sealed.every(({ field, value }) => fields[field] === value)
    })
    // What the row holds now, so that a change in between makes the condition false.
    return [
      { field: 'id', value: match === undefined ? '' : String(match.id), operator: 'eq', connector: 'AND', mode: 'sensitive' },
      ...(match === undefined ? [] : sealed.map((clause) => ({ ...clause, value: String(match[toTable(clause.field)]) }))),
    ]
  }

  async function change(model: string, where: readonly CleanedWhere[], set: Row, increment: Record<string, number> = {}): Promise<Row | null> {
    const table = toTable(model)
    const conditions = await unsealed(table, where)
    const columns = toColumns(set)
    const isSealed = (sealedColumns[table] ?? []).some((column) => typeof columns[column] === 'string')
    const [id] = isSealed ? await idsOf(table, conditions) : []
    if (isSealed && id === undefined) return null
    const sealed = id === undefined ? columns : sealRow(keys, table, id, columns)
    const parameters = createParameters()
    const assignments = [
      ...Object.entries(sealed).map(([column, value]) => `"${column}" = ${parameters.add(value)}`),
      ...Object.entries(toColumns(increment)).map(([column, by]) => `"${column}" = coalesce("${column}", 0) + ${parameters.add(by)}`),
    ]
    const condition = toCondition(conditions, parameters)
    const rows = await query(
      `update "${table}" set ${assignments.join(', ')} where id = (select id from "${table}" where ${condition} limit 1 for update) and ${condition} returning *`,
      parameters.values,
    )
    return out(table, rows[0])
  }

  const store = {
    async create({ model, data }: { model: string; data: Row }) {
      const table = toTable(model)
      const id = String(data.id ?? newId())
      const row = sealRow(keys, table, id, toColumns({ ...data, id }))
      const parameters = createParameters()
      const values = Object.values(row).map(parameters.add)
      const columns = Object.keys(row).map((column) => `"${column}"`)
      const rows = await query(`insert into "${table}" (${columns.join(', ')}) values (${values.join(', ')}) returning *`, parameters.values)
      return out(table, rows[0])
    },
    update: ({ model, where, update }: { model: string; where: CleanedWhere[]; update: Row }) => change(model, where, update),
    incrementOne: ({ model, where, increment, set }: { model: string; where: CleanedWhere[]; increment: Record<string, number>; set?: Row }) =>
      change(model, where, set ?? {}, increment),
    async updateMany({ model, where, update }: { model: string; where: CleanedWhere[]; update: Row }) {
      const table = toTable(model)
      const columns = toColumns(update)
      if ((sealedColumns[table] ?? []).some((column) => column in columns)) throw new Error(`Sealed columns of ${table} are changed one row at a time.`)
      const parameters = createParameters()
      const assignments = Object.entries(columns).map(([column, value]) => `"${column}" = ${parameters.add(value)}`)
      const rows = await query(`update "${table}" set ${assignments.join(', ')} where ${toCondition(where, parameters)} returning id`, parameters.values)
      return rows.length
    },
    async findOne({ model, where }: { model: string; where: CleanedWhere[] }) {
      const [row] = await store.findMany({ model, where, limit: 1 })
      return row ?? null
    },
    async findMany(wanted: {
      model: string
      where?: CleanedWhere[]
      limit: number
      sortBy?: { field: string; direction: 'asc' | 'desc' }
      offset?: number
    }): Promise<Row[]> {
      const table = toTable(wanted.model)
      const parameters = createParameters()
      const condition = toCondition(await unsealed(table, wanted.where ?? []), parameters)
      const sort = wanted.sortBy
      const order = sort === undefined ? '' : ` order by "${Object.keys(toColumns({ [sort.field]: 0 }))[0]}" ${sort.direction === 'desc' ? 'desc' : 'asc'}`
      const page = ` limit ${parameters.add(wanted.limit)} offset ${parameters.add(wanted.offset ?? 0)}`
      const rows = await query(`select * from "${table}" where ${condition}${order}${page}`, parameters.values)
      return rows.map((row) => toFields(openRow(keys, table, row)))
    },
    async delete({ model, where }: { model: string; where: CleanedWhere[] }) {
      await store.deleteMany({ model, where })
    },
    async deleteMany({ model, where }: { model: string; where: CleanedWhere[] }) {
      const parameters = createParameters()
      const condition = toCondition(await unsealed(toTable(model), where), parameters)
      return (await query(`delete from "${toTable(model)}" where ${condition} returning id`, parameters.values)).length
    },
    async consumeOne({ model, where }: { model: string; where: CleanedWhere[] }) {
      const table = toTable(model)
      const parameters = createParameters()
      const condition = toCondition(await unsealed(table, where), parameters)
      const rows = await query(
        `delete from "${table}" where id = (select id from "${table}" where ${condition} limit 1 for update) returning *`,
        parameters.values,
      )
      return out(table, rows[0])
    },
    async count({ model, where }: { model: string; where?: CleanedWhere[] }) {
      const parameters = createParameters()
      const condition = toCondition(await unsealed(toTable(model), where ?? []), parameters)
      const [row] = await query<{ count: number }>(`select count(*)::int as count from "${toTable(model)}" where ${condition}`, parameters.values)
      return row?.count ?? 0
    },
  }
  // better-auth names the type of a row at each call; what comes back is checked by it against its own schema.
  return store as unknown as CustomAdapter
}
