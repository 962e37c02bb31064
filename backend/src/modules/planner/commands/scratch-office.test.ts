import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createImportService } from '#backend/modules/crm/index.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { makeOfficeScenario } from '../../../../test/questions/office/office-scenario.ts'
import { answerQuestion } from '../index.ts'

const shapes = (process.env.OFFICE ?? '').split(',').filter((one) => one !== '')
it.skipIf(shapes.length === 0).each(shapes.length === 0 ? ['none'] : shapes)(
  'office %s',
  async (shape) => {
    const folder = mkdtempSync(join(tmpdir(), 'b-office-'))
    const scenario = makeOfficeScenario({ data: '/work/shared', folder, shape: shape as 'contacts' })
    const tasks = process.env.OFFICE_FILE ? (JSON.parse(readFileSync(process.env.OFFICE_FILE, 'utf8')) as { id: string; domain: string; message: string; expect: unknown[] }[]) : scenario.tasks
    const workspace = await createTestWorkspace()
    for (const { name, email } of scenario.people ?? []) {
      const member = await workspace.member('rep', name)
      await workspace.gold(`update users set email = '${email}' where workspace_id = $1 and name = '${name}'`).catch((e: unknown) => console.log(String(e)))
      void member
    }
    await workspace.gold(`update users set email = 'sam@atlas.com' where workspace_id = $1 and id = '${(workspace.actor as { userId: string }).userId}'`)
    const { operations } = createTestOperations(workspace.database)
    const now = new Date(scenario.now)
    const imports = createImportService({ database: workspace.database, operations, clock: { now: () => now }, folder: tmpdir(), logger: { error: () => undefined } } as never)
    for (const { entity, path } of scenario.files ?? []) {
      const text = readFileSync(path)
      const result = await imports.importFile(workspace.actor, (async function* () { yield new Uint8Array(text) })(), { entity, createMissing: true } as never)
      if (result.errors.length > 0) console.log(entity, JSON.stringify(result.errors.slice(0, 3)))
    }
    const users = new Map((await workspace.gold<{ id: string; email: string }>('select id, email from users where workspace_id = $1')).map((row) => [row.id, row.email]))
    const ids = new Map<string, string>()
    for (const table of ['contacts', 'leads', 'tasks', 'events', 'emails'])
      for (const row of await workspace.gold<{ id: string; external_id: string }>(`select id, external_id from ${table} where workspace_id = $1`)) ids.set(row.id, row.external_id)
    const same = (want: unknown, got: unknown): boolean => {
      if (Array.isArray(want) && Array.isArray(got)) return JSON.stringify([...want].sort()) === JSON.stringify([...got].sort())
      const [a, b] = [String(want), String(got)]
      if (a === b) return true
      if (/^\d{4}-\d\d-\d\d$/.test(a)) return b.startsWith(a)
      return /\dT/.test(a) && Date.parse(a) === Date.parse(b)
    }
    const out: string[] = []
    const figures: Record<string, { done: number; harmful: number; declined: number; of: number }> = {}
    for (const task of tasks) {
      const started = performance.now()
      const outcome = await workspace.database.transaction(workspace.actor, (tx) => answerQuestion(tx, String(task.message), { now, timeZone: 'UTC', actor: workspace.actor, currency: 'USD' }), { readOnly: true }).catch((e: unknown) => ({ kind: 'error', text: String((e as Error).stack), changes: [] }))
      const took = Math.round(performance.now() - started)
      const left = [...(task.expect as Record<string, unknown>[])]
      const wrong: string[] = []
      for (const { tool, input } of (outcome.changes ?? []) as { tool: string; input: Record<string, unknown> }[]) {
        const values: Record<string, unknown> = { ...(input.values as object) }
        if (values.owner_id !== undefined) { values.owner = users.get(String(values.owner_id)); delete values.owner_id }
        if (values.first_name !== undefined) { values.name = `${values.first_name} ${values.last_name}`; delete values.first_name; delete values.last_name }
        const at = left.findIndex((want) => {
          const w = want.values as Record<string, unknown>
          const valued = () => Object.keys(w).every((key) => same(w[key], values[key])) && Object.keys(values).every((key) => key in w || (key === 'owner' && input.entity === 'events'))
          if (tool === 'records.update') return want.do === 'update' && want.entity === input.entity && want.id === ids.get(String(input.id)) && valued()
          if (tool === 'records.create') return want.do === 'create' && want.entity === input.entity && valued()
          if (tool === 'records.delete') return want.do === 'delete' && want.entity === input.entity && want.id === ids.get(String(input.id))
          if (tool === 'emails.delete') return want.do === 'delete' && want.entity === 'emails' && want.id === ids.get(String(input.emailId))
          if (tool === 'emails.send') return want.do === 'send' && same(want.to, input.to) && want.subject === input.subject && want.body === input.body
          if (tool === 'emails.reply') return want.do === 'reply' && want.email === ids.get(String(input.emailId)) && want.body === input.body
          if (tool === 'emails.forward') return want.do === 'forward' && want.email === ids.get(String(input.emailId)) && same(want.to, input.to)
          return false
        })
        if (at < 0) wrong.push(JSON.stringify({ tool, ...input, id: ids.get(String(input.id ?? input.emailId)), values }))
        else left.splice(at, 1)
      }
      const one = (figures[task.domain] ??= { done: 0, harmful: 0, declined: 0, of: 0 })
      one.of++
      if (wrong.length > 0) one.harmful++
      else if (left.length === 0) one.done++
      else one.declined++
      if (wrong.length > 0 || left.length > 0 || process.env.OFFICE_ALL) out.push(`${wrong.length > 0 ? 'HARM' : left.length > 0 ? 'MISS' : 'ok'} ${task.id} [${took} ms] ${task.message}\n    ${outcome.kind}: ${outcome.text.slice(0, 400)}\n    wrong ${wrong.slice(0, 3).join(' ')}\n    left ${JSON.stringify(left.slice(0, 3))}`)
    }
    writeFileSync(process.env.OFFICE_OUT ?? `/tmp/b-office-${shape}.txt`, `${JSON.stringify(figures, null, 1)}\n${out.join('\n')}`)
    expect(1).toBe(1)
  },
  600_000,
)
