// Temporary: import and pipeline before and after.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import pg from 'pg'
import { openDatabase } from '#backend/infra/database/database.ts'
import { openEmbeddedPostgres } from '#backend/infra/database/embedded-postgres.ts'
import { migrate } from '#backend/infra/database/migrate.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createCrmQuestions, createImportService, createPipelineReportService } from '#backend/modules/crm/index.ts'
import { answerQuestion } from '#backend/modules/planner/index.ts'

const folder = await mkdtemp(join(tmpdir(), 'vis-bench-'))
const postgres = await openEmbeddedPostgres({
  folder,
  password: 'x-test-only-password',
  maxConnections: 50,
  settings: { fsync: 'off', synchronous_commit: 'off' },
})
const { applicationUrl } = await migrate({ adminUrl: postgres.adminUrl, applicationPassword: 'x-test-only-password' })
const database = openDatabase({ connectionString: applicationUrl, maxConnections: 8, connectionTimeoutMs: 5000, onError: () => undefined })
const admin = new pg.Pool({ connectionString: postgres.adminUrl, max: 2, options: '-c search_path=chatsg' })
const clock = createClock('2025-06-01T12:00:00Z')
const imports = createImportService({ database, clock, folder, logger: { error: console.error } })
const pipeline = createPipelineReportService({ database, clock })
const questions = createCrmQuestions({ database, clock })
function csv(n: number) {
  const rows = ['first_name,last_name,email,external_id,organisation,city,title,phone']
  for (let i = 0; i < n; i++)
    rows.push(
      `First${i % 997},Last${i % 4999},p${i}@example.com,x${i},Company ${i % 2000},City${i % 300},Title${i % 40},+1 415 555 ${String(i % 10000).padStart(4, '0')}`,
    )
  return rows.join('\n')
}
function deals(n: number) {
  const rows = ['name,external_id,organisation,pipeline,stage,state,value,currency']
  for (let i = 0; i < n; i++) rows.push(`Deal ${i},d${i},Company ${i % 2000},Sales,Stage ${i % 5},${['open', 'won', 'lost'][i % 3]},${i % 10000},USD`)
  return rows.join('\n')
}
async function timed(work: () => Promise<unknown>, times = 1) {
  const all: number[] = []
  for (let i = 0; i < times; i++) {
    const t = performance.now()
    await work()
    all.push(performance.now() - t)
  }
  return all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!.toFixed(1)
}
for (const role of ['owner', 'rep'] as const) {
  for (let round = 0; round < 2; round++) {
    const workspaceId = newId()
    const userId = newId()
    await admin.query('insert into workspaces (id, name) values ($1,$2)', [workspaceId, 'B'])
    await admin.query('insert into users (workspace_id, id, name, role) values ($1,$2,$3,$4)', [workspaceId, userId, 'U', role])
    const actor = { type: 'user', workspaceId, userId, name: 'U', role, via: 'session' } as const
    const text = csv(20000)
    const i = await timed(() => imports.importFile(actor, Readable.from([Buffer.from(text)]), { entity: 'contacts', createMissing: true }))
    const d = deals(20000)
    const j = await timed(() => imports.importFile(actor, Readable.from([Buffer.from(d)]), { entity: 'opportunities', createMissing: true }))
    await admin.query('analyze')
    const p = await timed(() => pipeline.getPipelineReport(actor), 15)
    const q = await timed(() => questions.query(actor, { entity: 'contacts', groupBy: [{ field: 'city' }], measures: [{ fn: 'count' }] }), 15)
    const s = await timed(() => questions.search(actor, { q: 'First12 Last500', limit: 20 }), 15)
    const a = await timed(
      () =>
        database
          .transaction(actor, (tx) =>
            answerQuestion(tx, { text: 'contacts in City12', plan: null, timeZone: 'UTC' } as never, { now: clock.now(), pageSize: 20 } as never),
          )
          .catch((e) => {
            if (round === 0) console.log(String(e).slice(0, 200))
          }),
      15,
    )
    console.log(role, round, { importContacts: i, importDeals: j, pipeline: p, group: q, search: s, ask: a })
  }
}
await database.close()
await admin.end()
await postgres.release()
await rm(folder, { recursive: true, force: true })
