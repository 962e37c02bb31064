import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import type { Proposal } from '#contracts/approvals.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../server-process.ts'

/** How often the server is killed while approvals, and again while undos are on their way. */
const rounds = Number(process.env.APPROVAL_KILL_ROUNDS ?? 1)
const changes = 24
const lanes = 6

const running = new Set<ServerProcess>()
const folders: string[] = []
afterEach(async () => {
  for (const server of running) await server.stop('SIGTERM')
  running.clear()
  for (const folder of folders.splice(0)) await removeFolder(folder)
})

async function start(folder: string): Promise<ServerProcess> {
  const server = await startServer(folder)
  running.add(server)
  return server
}

async function post<T>(server: ServerProcess, path: string, body: unknown = {}): Promise<T> {
  const response = await server.fetch(path, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

async function get<T>(server: ServerProcess, path: string): Promise<T> {
  const response = await server.fetch(path)
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

/** Asks for each in a few lanes until the server is gone; tells which were answered. */
async function untilKilled(
  server: ServerProcess,
  ids: readonly string[],
  path: (id: string) => string,
  body: unknown,
  acknowledged: Set<string>,
): Promise<void> {
  const waiting = [...ids]
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        // The answer has to be whole: half a sentence acknowledges nothing.
        const answered = await post<Proposal>(server, path(id), body).catch(() => undefined)
        if (answered === undefined) return
        acknowledged.add(id)
      }
    }),
  )
}

/** How things stand: of each proposal its status and how many records and mails it made that are still there. */
async function standing(server: ServerProcess, batchId: string, round: number) {
  const { items } = await get<{ items: Proposal[] }>(server, `/api/approvals?batchId=${batchId}&limit=200`)
  const tasks = await get<{ items: { title: string }[] }>(server, `/api/crm/tasks?limit=200`)
  const mails = await get<{ items: { proposalId: string; status: string }[] }>(server, '/api/email/outbox?limit=200')
  return items.map((proposal) => {
    const title = `Kill ${round}.${proposal.position}`
    const made =
      proposal.tool === 'records.create'
        ? tasks.items.filter((task) => task.title === title)
        : mails.items.filter((mail) => mail.proposalId === proposal.id && mail.status === 'queued')
    return { id: proposal.id, status: proposal.status, made: made.length }
  })
}

it(`does no action twice and loses none that was acknowledged, killed in ${rounds} rounds of approvals and of undos`, {
  timeout: 60_000 + rounds * 240_000,
}, async () => {
  const folder = await scratchFolder()
  folders.push(folder)
  let told = [0, 0]
  for (let round = 0; round < rounds; round++) {
    let server = await start(folder)
    const calls = Array.from({ length: changes }, (_, position) =>
      position % 2 === 0
        ? { tool: 'records.create', input: { entity: 'tasks', values: { title: `Kill ${round}.${position}` } } }
        : { tool: 'emails.send', input: { to: ['x@example.org'], subject: `Kill ${round}.${position}`, body: 'Once' } },
    )
    const { batchId, proposals } = await post<{ batchId: string; proposals: Proposal[] }>(server, '/api/approvals', { calls })
    const ids = proposals.map(({ id }) => id)
    for (const phase of ['approve', 'undo'] as const) {
      const path = (id: string) => (phase === 'approve' ? `/api/approvals/${id}` : `/api/approvals/${id}/undo`)
      const body = phase === 'approve' ? { decision: 'approve' } : {}
      const [before, after, left] = phase === 'approve' ? (['pending', 'approved', 1] as const) : (['approved', 'undone', 0] as const)
      const acknowledged = new Set<string>()
      const enough = Math.floor(Math.random() * changes * 0.8)
      let isOver = false
      const asking = untilKilled(server, ids, path, body, acknowledged).finally(() => {
        isOver = true
      })
      while (acknowledged.size < enough && !isOver) await sleep(2)
      await sleep(Math.random() * 40)
      running.delete(server)
      await server.stop('SIGKILL')
      await asking
      server = await start(folder)
      const now = await standing(server, batchId, round)
      for (const { id, status, made } of now) {
        expect([before, after], `round ${round}, ${phase}`).toContain(status)
        expect(made, `round ${round}, ${phase}: ${id} is ${status}`).toBe(status === after ? left : 1 - left)
        if (acknowledged.has(id)) expect(status, `round ${round}, ${phase}: ${id} was acknowledged`).toBe(after)
      }
      // Whoever was not answered asks again: all are done, each once.
      for (const id of ids) await post(server, path(id), body)
      expect((await standing(server, batchId, round)).map(({ status, made }) => [status, made])).toEqual(ids.map(() => [after, left]))
      told = [(told[0] as number) + acknowledged.size, (told[1] as number) + now.filter(({ status }) => status === after).length]
    }
    running.delete(server)
    expect(await server.stop('SIGTERM')).toBe(0)
  }
  process.stderr.write(`killed ${2 * rounds} times: ${told[0]} acknowledged, ${told[1]} done of ${2 * rounds * changes}\n`)
})
