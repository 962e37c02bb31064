import { it } from 'vitest'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { sql } from '#backend/infra/database/database.ts'
import type { TypedQueryInput } from '#contracts/query.ts'
import { runQuery } from './query.service.ts'
it('plan', async () => {
  const w = await createTestWorkspace()
  await w.gold(`insert into organisations (workspace_id,id,name,state,size,created_at,updated_at) select $1, gen_random_uuid(), 'Org '||i, (array['CA','NY','TX'])[1+i%3], i%5000, now()-i*interval '1 minute', now() from generate_series(1,20000) i`)
  await w.gold(`insert into contacts (workspace_id,id,first_name,last_name,email,city,organisation_id,owner_id,created_at,updated_at)
   select $1, gen_random_uuid(), 'First'||i%997, 'Last'||i%9973, 'p'||i||'@example.com', (array['London','Paris','Berlin','Zürich'])[1+i%4], o.id, (select id from users where workspace_id=$1), now()-i*interval '3 minute', now()
   from generate_series(1,100000) i join (select id, row_number() over () n from organisations where workspace_id=$1) o on o.n = 1+i%20000`)
  await w.gold(`insert into opportunities (workspace_id,id,name,contact_id,organisation_id,state,value,currency,created_at,updated_at) select $1, gen_random_uuid(), 'Deal', c.id, c.organisation_id, (array['open','won','lost'])[1+(random()*2)::int], (random()*1000)::numeric(10,2), 'USD', c.created_at, now() from contacts c where workspace_id=$1 limit 60000`)
  await w.gold('analyze', [])
  const ctx = { now: new Date(), timeZone: 'Europe/Berlin' }
  const q = async (query: TypedQueryInput) => { console.log(JSON.stringify(query)); await w.database.transaction(w.actor, (tx) => runQuery({ ...tx, query: async (s) => { const r = await tx.query(s); const p = await tx.query<Record<string, string>>(sql`explain (analyze, costs off, timing off) ${s}`); const lines = p.map((l) => Object.values(l)[0]); if (lines.length > 12) console.log(lines.join('\n')); return r as never } }, query, ctx)) }
  await q({ entity: 'contacts' })
  await q({ entity: 'contacts', filter: { relation: 'opportunities', count: { op: 'eq', value: 0 } } })
  await q({ entity: 'contacts', filter: { relation: 'opportunities', count: { op: 'gte', value: 2 } } })
  await q({ entity: 'contacts', filter: { field: 'organisation', op: 'eq', value: 'Org 77' } })
  await q({ entity: 'contacts', groupBy: [{ field: 'organisation' }], limit: 10 })
}, 300_000)
