import type { TestWorkspace } from './harness.ts'

const tables = [
  'organisations',
  'contacts',
  'leads',
  'opportunities',
  'pipelines',
  'stages',
  'products',
  'orders',
  'order_lines',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
  'notes',
  'emails',
  'record_links',
  'tags',
]

/** Every record of the workspace with all its columns, by table; how search calls each (what it knows beside the name is richer once a record was indexed anew). Records that are deleted softly are left out. */
export async function dumpRecords({ gold }: Pick<TestWorkspace, 'gold'>): Promise<Record<string, unknown[]>> {
  const dump: Record<string, unknown[]> = {}
  for (const table of tables) {
    const live = table === 'record_links' || table === 'tags' ? '' : 'and deleted_at is null'
    dump[table] = (await gold<{ row: unknown }>(`select to_jsonb(t) as row from ${table} t where workspace_id = $1 ${live} order by id`)).map(({ row }) => row)
  }
  const names = "select to_jsonb(t) - array['detail', 'terms'] as row from search_documents t where workspace_id = $1 order by entity, record_id"
  dump.search = (await gold<{ row: unknown }>(names)).map(({ row }) => row)
  return dump
}
