import type { Logger } from '#backend/infra/logger/logger.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type FakeInsightly, type FakeInsightlyOptions, startFakeInsightly } from '../../../../test/fakes/insightly/server.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { openClient } from '../client/client.testing.ts'
import type { InsightlyClient } from '../client/insightly-client.ts'
import { saveConnection } from './connections.repository.ts'
import { readAsMirror, writeAsMirror } from './mirror-actor.ts'
import { performRun, type RunOutcome } from './perform-run.ts'
import { claimRun, insertRun, listRuns, type SyncMode, type SyncRun } from './sync-runs.repository.ts'

export interface TestMirror {
  workspace: TestWorkspace
  fake: FakeInsightly
  client: InsightlyClient
  /** Starts a run, or goes on with the active one, and brings it to its end. */
  run(mode: SyncMode, options?: { signal?: AbortSignal; mayDeleteMost?: boolean }): Promise<{ outcome: RunOutcome; run: SyncRun }>
  /** Every record of a collection as the stand-in has it. */
  dump<Row = Record<string, unknown>>(collection: string): Promise<Row[]>
  /** The tester's side of the stand-in. */
  tell(method: string, path: string, body?: unknown): Promise<unknown>
  /** A call as somebody else in Insightly. */
  asOther(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  close(): Promise<void>
}

const key = 'mirror-test-key'
const silent = () => undefined
const logger = { debug: silent, info: silent, warn: silent, error: silent } as unknown as Logger

/** An empty workspace that is connected with a stand-in of its own. */
export async function createTestMirror(options: Omit<FakeInsightlyOptions, 'key'> = {}): Promise<TestMirror> {
  const workspace = await createTestWorkspace()
  const { database, workspaceId } = workspace
  const fake = await startFakeInsightly({ key, records: 100, ...options, settings: { rateRequests: 1000, rateWindowMs: 1000, ...options.settings } })
  const opened = openClient((text) => database.roundTrip(text), fake.url, { key })
  const clock = createClock()
  await writeAsMirror(database, workspaceId, (tx) =>
    saveConnection(tx, { url: fake.url, keySource: 'workspace', hookToken: newId(), at: clock.now().toISOString() }),
  )
  const call = async (method: string, url: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
    return text
  }
  return {
    workspace,
    fake,
    client: opened.client,
    async run(mode, { signal = new AbortController().signal, mayDeleteMost = false } = {}) {
      const holder = newId()
      const run = await writeAsMirror(database, workspaceId, async (tx) => {
        await insertRun(tx, { id: newId(), mode, requestedBy: 'test', mayDeleteMost })
        return claimRun(tx, holder)
      })
      if (run === undefined) throw new Error('There is no run to claim.')
      const outcome = await performRun({ database, workspaceId, run, holder, client: opened.client, clock, logger, signal })
      const [kept] = await readAsMirror(database, workspaceId, (tx) => listRuns(tx, 1))
      return { outcome, run: kept as SyncRun }
    },
    async dump<Row>(collection: string) {
      const text = await call('GET', `${fake.origin}/_fake/dump/${collection}`, undefined)
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Row)
    },
    async tell(method, path, body) {
      const text = await call(method, `${fake.origin}/_fake/${path}`, body)
      return text === '' ? undefined : JSON.parse(text)
    },
    async asOther(method, path, body) {
      const text = await call(method, `${fake.origin}/_fake/v3.1/${path}`, body, { 'x-fake-user': '1402114' })
      return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    },
    async close() {
      await opened.close()
      await fake.close()
    },
  }
}
