import { it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { runQuery } from './query.service.ts'
it('smoke', async () => {
  const w = await createTestWorkspace()
  const u = w.actor.userId
  const ws = w.workspaceId
  const o = newId(), p = newId(), s = newId(), c = newId()
  await w.gold('insert into organisations (workspace_id,id,name,state,created_at,updated_at) values ($1,$2,$3,$4,now(),now())', [ws, o, 'Acme', 'CA'])
  await w.gold('insert into pipelines (workspace_id,id,name,created_at,updated_at) values ($1,$2,$3,now(),now())', [ws, p, 'Sales'])
  await w.gold('insert into stages (workspace_id,id,pipeline_id,name,position,created_at) values ($1,$2,$3,$4,1,now())', [ws, s, p, 'Won'])
  await w.gold(`insert into contacts (workspace_id,id,first_name,last_name,organisation_id,owner_id,phone,phone_key,tags,created_at,updated_at,custom) values ($1,$2,'Zoë','Müller',$3,$4,'(415) 555-0100','14155550100','{vip,b}',now(),now(),'{"region":"North"}')`, [ws, c, o, u])
  await w.gold(`insert into custom_fields (workspace_id,entity,key,label,type) values ($1,'contacts','region','Region','text')`)
  for (const [v, cur, st] of [[100, 'USD', 'won'], [200.5, 'EUR', 'lost'], [300, 'USD', 'open'], [null, null, 'won']] as const) await w.gold(`insert into opportunities (workspace_id,id,name,organisation_id,contact_id,pipeline_id,stage_id,state,value,currency,owner_id,actual_close_date,created_at,updated_at) values ($1,$2,'Deal',$3,$4,$5,$6,$7,$8,$9,$10,'2026-01-20','2026-01-10',now())`, [ws, newId(), o, c, p, s, st, v, cur, u])
  const run = (q: Parameters<typeof runQuery>[1]) => w.database.transaction(w.actor, (tx) => runQuery(tx, q, { now: new Date('2026-11-22T10:00:00Z'), timeZone: 'Europe/Berlin' })).then((r) => console.log(JSON.stringify(q), JSON.stringify({ rows: r.rows, total: r.total, e: r.explanation })), (e: Error & { details?: unknown }) => console.log(JSON.stringify(q), 'ERROR', e.message, JSON.stringify(e.details), (e as {cause?: unknown}).cause ?? ''))
  await run({ entity: 'contacts' })
  await run({ entity: 'contacts', filter: { field: 'name', op: 'eq', value: ' zoe MULLER ' }, select: ['email', 'organisation.state', 'custom.region', 'tags'] })
  await run({ entity: 'contacts', filter: { field: 'phone', op: 'eq', value: '+1 415 555 0100' }, measures: [{ fn: 'count' }] })
  await run({ entity: 'opportunities', groupBy: [{ field: 'owner' }], measures: [{ fn: 'count' }, { fn: 'sum', field: 'value' }, { fn: 'winRate' }, { fn: 'cycleDays' }, { fn: 'median', field: 'value' }, { fn: 'share' }, { fn: 'share', field: 'value' }, { fn: 'avg', field: 'value' }], having: [{ measure: 'count', op: 'gte', value: 1 }] })
  await run({ entity: 'opportunities', measures: [{ fn: 'sum', field: 'value' }] })
  await run({ entity: 'opportunities', measures: [{ fn: 'share', where: { field: 'state', op: 'eq', value: 'Won' } }, { fn: 'winRate' }, { fn: 'cycleDays' }, { fn: 'max', field: 'created_at' }] })
  await run({ entity: 'opportunities', groupBy: [{ field: 'created_at', bucket: 'quarter' }, { field: 'stage.pipeline' }] })
  await run({ entity: 'contacts', groupBy: [{ field: 'tags' }] })
  await run({ entity: 'contacts', filter: { and: [{ relation: 'opportunities', where: { field: 'state', op: 'eq', value: 'won' }, count: { op: 'gte', value: 2 } }, { relation: 'opportunities', sum: { field: 'value', op: 'gt', value: 350 } }, { relation: 'notes', count: { op: 'eq', value: 0 } }, { relation: 'opportunities', count: { op: 'lt', value: 5 } }] } })
  await run({ entity: 'contacts', filter: { field: 'created_at', op: 'during', value: { last: 10, unit: 'day' } }, select: ['name'] })
  await run({ entity: 'contacts', filter: { and: [{ field: 'emial', op: 'eq', value: 1 }, { field: 'name', op: 'gt', value: 3 }, { field: 'custom.regoin', op: 'eq', value: 'x' }, { relation: 'deals' }] } })
  await run({ entity: 'opportunities', filter: { field: 'state', op: 'eq', value: 'wno' } })
  await run({ entity: 'order_lines', groupBy: [{ field: 'order_id' }], measures: [{ fn: 'sum', field: 'amount' }] })
  for (const e of ['organisations', 'leads', 'opportunities', 'pipelines', 'stages', 'products', 'orders', 'order_lines', 'tasks', 'events', 'notes', 'emails', 'users', 'tags'] as const) await run({ entity: e, limit: 1 })
})
