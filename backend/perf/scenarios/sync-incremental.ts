import type { Figure } from '../figures.ts'
import { finishRun, type Mirror } from './sync-mirror.ts'

const changesOfEach = 125
const marker = 'Changed there'

/** Where the same value stands, there and here. */
const changes = [
  { collection: 'Contacts', field: 'TITLE', table: 'contacts', column: 'title' },
  { collection: 'Organisations', field: 'PHONE', table: 'organisations', column: 'phone' },
  { collection: 'Leads', field: 'TITLE', table: 'leads', column: 'title' },
  { collection: 'Opportunities', field: 'OPPORTUNITY_NAME', table: 'opportunities', column: 'name' },
] as const

/** A run that brings five hundred changes of four kinds. */
export async function measureIncremental({ client, sql, insightly, rate }: Mirror): Promise<Figure[]> {
  const changed: number[] = []
  for (const { collection, field } of changes) changed.push(await insightly.change(collection, changesOfEach, { [field]: marker }))
  await insightly.forgetCalls()
  await client.post('/api/crm/sync', { mode: 'incremental' })
  const { seconds } = await finishRun(client, 'incremental')
  const calls = await insightly.calls()
  let missing = 0
  for (const [index, { table, column }] of changes.entries()) {
    const [row] = await sql.query<{ count: string }>(`select count(*) from ${table} where workspace_id = $1 and deleted_at is null and ${column} = $2`, [
      sql.workspaceId,
      marker,
    ])
    missing += Math.abs((changed[index] ?? 0) - Number(row?.count))
  }
  const total = changed.reduce((sum, count) => sum + count, 0)
  return [
    { name: 'incremental run', value: seconds, unit: 's', note: `${total} changes of four kinds` },
    { name: 'calls of the incremental run', value: calls.length, unit: 'calls', target: 20 },
    { name: 'busiest window of the incremental run', value: await insightly.busiest(rate.windowMs), unit: 'calls', target: rate.requests },
    { name: 'changes that did not arrive here', value: missing, unit: 'errors', target: 0 },
  ]
}
