import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import type { Proposal } from '#contracts/approvals.ts'
import { removeFolder, scratchFolder } from '../server-process.ts'
import { startTwoWorkers, type TwoWorkers, victimOf } from './two-workers.ts'

/** `APPROVAL_KILLS=50` for the whole figure; every second one while undos are on their way. */
const kills = Number(process.env.APPROVAL_KILLS ?? 2)
const changes = 24
const lanes = 6

let site: TwoWorkers | undefined
let folder: string
afterEach(async () => {
  await site?.remove()
  await removeFolder(folder)
})

async function call<T>({ fetch }: TwoWorkers, path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, body === undefined ? undefined : { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

/** Asks for each in a few lanes, whatever is killed meanwhile. */
async function askForAll(
  { fetch }: TwoWorkers,
  ids: readonly string[],
  { path, body }: { path: (id: string) => string; body: unknown },
  told: { acknowledged: Set<string>; refused: Set<number> },
): Promise<void> {
  const waiting = [...ids]
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        try {
          const response = await fetch(path(id), { method: 'POST', body: JSON.stringify(body) })
          // The answer has to be whole: half a sentence acknowledges nothing.
          await response.json()
          if (response.ok) told.acknowledged.add(id)
          else told.refused.add(response.status)
        } catch {
          // Whoever answered is gone.
        }
      }
    }),
  )
}

/** How things stand: of each proposal its status and how many records and mails it made that are still there. */
async function standing(site: TwoWorkers, batchId: string, round: number) {
  const { items } = await call<{ items: Proposal[] }>(site, `/api/approvals?batchId=${batchId}&limit=200`)
  const tasks = await call<{ items: { title: string }[] }>(site, '/api/crm/tasks?limit=200')
  const mails = await call<{ items: { proposalId: string; status: string }[] }>(site, '/api/email/outbox?limit=200')
  return items.map((proposal) => {
    const title = `Kill ${round}.${proposal.position}`
    const made =
      proposal.tool === 'records.create'
        ? tasks.items.filter((task) => task.title === title)
        : mails.items.filter((mail) => mail.proposalId === proposal.id && mail.status === 'queued')
    return { id: proposal.id, status: proposal.status, made: made.length }
  })
}

/** The same once it rests: the database may still be at the last statement of a worker that was killed. */
async function standingAtRest(site: TwoWorkers, batchId: string, round: number) {
  for (let before = ''; ; await sleep(150)) {
    const now = await standing(site, batchId, round)
    if (JSON.stringify(now) === before) return now
    before = JSON.stringify(now)
  }
}

it(`does no action twice and loses none that was acknowledged, when a worker or everything is killed ${kills} times`, {
  timeout: 90_000 + kills * 60_000,
}, async () => {
  folder = await scratchFolder()
  site = await startTwoWorkers(folder)
  const figures = { acknowledged: 0, done: 0, asked: 0 }
  let batchId = ''
  let ids: string[] = []
  for (let kill = 0; kill < kills; kill++) {
    const round = Math.floor(kill / 2)
    const isUndo = kill % 2 === 1
    if (!isUndo) {
      const calls = Array.from({ length: changes }, (_, position) =>
        position % 2 === 0
          ? { tool: 'records.create', input: { entity: 'tasks', values: { title: `Kill ${round}.${position}` } } }
          : { tool: 'emails.send', input: { to: ['x@example.org'], subject: `Kill ${round}.${position}`, body: 'Once' } },
      )
      const batch = await call<{ batchId: string; proposals: Proposal[] }>(site, '/api/approvals', { calls })
      batchId = batch.batchId
      ids = batch.proposals.map(({ id }) => id)
    }
    const [before, after, left] = isUndo ? (['approved', 'undone', 0] as const) : (['pending', 'approved', 1] as const)
    const request = isUndo
      ? { path: (id: string) => `/api/approvals/${id}/undo`, body: {} }
      : { path: (id: string) => `/api/approvals/${id}`, body: { decision: 'approve' } }
    const told = { acknowledged: new Set<string>(), refused: new Set<number>() }
    const enough = Math.floor(Math.random() * changes * 0.8)
    let isOver = false
    const asking = askForAll(site, ids, request, told).finally(() => {
      isOver = true
    })
    while (told.acknowledged.size < enough && !isOver) await sleep(2)
    await sleep(Math.random() * 40)
    const victim = victimOf(kill)
    await site.kill(victim)
    await asking
    const when = `kill ${kill} (${victim}) at ${before}`
    // A worker whose database is killed a moment before itself may say so.
    expect([[], [503]], when).toContainEqual([...told.refused])
    // Where one worker is left, it serves at once.
    if (victim === 'everything') await site.mend()
    const now = await standingAtRest(site, batchId, round)
    expect(now, when).toHaveLength(changes)
    for (const { id, status, made } of now) {
      expect([before, after], when).toContain(status)
      expect(made, `${when}: ${id} is ${status}`).toBe(status === after ? left : 1 - left)
      if (told.acknowledged.has(id)) expect(status, `${when}: ${id} was acknowledged`).toBe(after)
    }
    // Whoever was not answered asks again: all are done, each once.
    for (const id of ids) await call(site, request.path(id), request.body)
    expect((await standing(site, batchId, round)).map(({ status, made }) => [status, made])).toEqual(ids.map(() => [after, left]))
    figures.acknowledged += told.acknowledged.size
    figures.done += now.filter(({ status }) => status === after).length
    figures.asked += changes
    await site.mend()
  }
  expect(await site.stop()).toBe(0)
  if (kills > 10) process.stdout.write(`${JSON.stringify({ kills, ...figures })}\n`)
})
