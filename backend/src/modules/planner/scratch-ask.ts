import { readFileSync } from 'node:fs'
import pg from 'pg'
import { openDatabase } from '#backend/infra/database/database.ts'
import { openEmbeddedPostgres } from '#backend/infra/database/embedded-postgres.ts'
import { migrate } from '#backend/infra/database/migrate.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createImportService } from '#backend/modules/crm/index.ts'
import { loadScenario } from '../../../seeds/load-scenario.ts'
import { answerQuestion } from './index.ts'

const now = new Date('2026-11-20T15:00:00Z')
const postgres = await openEmbeddedPostgres({ folder: '/tmp/planner-scratch/db', password: 'x', maxConnections: 20, settings: { fsync: 'off' } })
const { applicationUrl } = await migrate({ folder: '/tmp/planner-scratch/migrations/', adminUrl: postgres.adminUrl, applicationPassword: 'test-only' })
const database = openDatabase({ connectionString: applicationUrl, maxConnections: 4, connectionTimeoutMs: 5000, onError: () => undefined })
const admin = new pg.Client({ connectionString: postgres.adminUrl, options: '-c search_path=chatsg' })
await admin.connect()
async function world(name: string, fill: (actor: any) => Promise<unknown>) {
  const found = (await admin.query('select id from workspaces where name=$1', [name])).rows[0]
  const ws = found?.id ?? newId()
  if (!found) await admin.query('insert into workspaces (id,name,currency,time_zone) values ($1,$2,$3,$4)', [ws, name, 'USD', 'UTC'])
  let u = (await admin.query("select id,name from users where workspace_id=$1 and role='owner' order by created_at limit 1", [ws])).rows[0]
  if (!u) {
    u = { id: newId(), name: 'Olivia Owner' }
    await admin.query("insert into users (workspace_id,id,name,email,role) values ($1,$2,$3,'o@x.com','owner')", [ws, u.id, u.name])
  }
  const actor = { type: 'user', workspaceId: ws, userId: u.id, name: u.name, role: 'owner', via: 'cli' } as const
  if (!found) await fill(actor)
  return actor
}
const which = process.argv[2] ?? 'demo'
const imp = createImportService({ database, clock: { now: () => now }, folder: '/tmp/planner-scratch', logger: { error: console.error } })
async function* bytes(f: string) { yield readFileSync(f) }
const actor = await world(which, async (a) => {
  if (which === 'demo') await loadScenario(database, a, { scenario: 'demo', scale: 500, now })
  if (which === 'wb') for (const e of ['contacts', 'tasks', 'events']) console.log(JSON.stringify(await imp.importFile(a, bytes(`/tmp/planner-scratch/wb-${e}.csv`), { entity: e as any, createMissing: true })).slice(0, 300))
  if (which === 'fr') console.log(JSON.stringify(await imp.importFile(a, bytes('/tmp/planner-scratch/fr-orders.csv'), { entity: 'orders', createMissing: true })).slice(0, 300))
})
const lines = readFileSync(process.argv[3] ?? 0, 'utf8').split('\n').filter((l) => l.trim())
const short = process.argv.includes('--short')
for (const line of lines) {
  let previous: any
  for (const q of line.split(' >> ')) {
    const t = performance.now()
    try {
      const o = await database.transaction(actor as any, (tx) => answerQuestion(tx, q, { now, timeZone: 'UTC', actor: actor as any, ...(previous ? { previous } : {}) }), { readOnly: true })
      const ms = (performance.now() - t).toFixed(0)
      console.log(`\n? ${q}\n  [${o.kind} ${o.confidence.toFixed(2)} ${ms}ms] ${o.text.slice(0, 420)}`)
      if (o.plan && !short) console.log('  ', JSON.stringify(o.plan).slice(0, 700))
      const c = o.parts.find((p) => p.type === 'data-clarify') as any
      if (c) console.log('  opts', c.data.options.map((x: any) => x.message).join(' | ').slice(0, 300))
      if (o.memory) previous = o.memory
    } catch (e: any) { console.log(`\n? ${q}\n  ERROR ${e.message} ${JSON.stringify(e.details ?? '')} ${(e.stack ?? '').split('\n').slice(1, 4).join(' ')}`) }
  }
}
await database.close(); await admin.end(); await postgres.release()
