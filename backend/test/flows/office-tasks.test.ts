import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureText } from '#backend/cli/agent-score/report.ts'
import type { TaskResult } from '#backend/cli/agent-score/run-tasks.ts'
import { scoreTasks } from '#backend/cli/agent-score/score.ts'
import type { CustomerShape } from '../questions/office/office-files.ts'
import { readOfficeRecords } from '../questions/office/office-records.ts'
import { makeOfficeScenario } from '../questions/office/office-scenario.ts'
import { type OfficeScore, openOffice } from '../questions/office/office-score.ts'
import { unseenTasks } from '../questions/office/unseen.ts'
import { afterwardsTasks } from '../questions/office/unseen-afterwards.ts'
import { blindTasks } from '../questions/office/unseen-blind.ts'
import { everydayTasks } from '../questions/office/unseen-everyday.ts'
import { heldTasks } from '../questions/office/unseen-held.ts'
import { laterTasks } from '../questions/office/unseen-later.ts'
import { otherwiseTasks } from '../questions/office/unseen-otherwise.ts'
import { findRealInput } from './real-input.data.ts'

const suite = 'Office tasks'
const shared = findRealInput(suite)

if (shared === undefined && process.env.REQUIRE_ALL === '1') {
  it(suite, () => {
    throw new Error('The office tasks are not on this machine; set CHATSG_SHARED to the folder that holds data/nl_query.')
  })
}

/** Percent of a domain's tasks: at least so many done, at most so many harmful. */
type Bounds = Readonly<Record<string, readonly [done: number, harmful: number]>>

/** Every tenth of a domain, unless `OFFICE_ALL=1` asks for all: they are made of few patterns. */
const step = process.env.OFFICE_ALL === '1' ? 1 : 10

/** What was written before it was tried, after what it showed was mended; nothing of it may be harmful. */
const everyday: Bounds = { crm: [95, 0], calendar: [90, 0], email: [95, 0], tasks: [95, 0], several: [90, 0] }

/** The same for what was written by somebody who had not read the planner. */
const blind: Bounds = { crm: [95, 0], calendar: [90, 0], email: [95, 0], tasks: [95, 0], several: [90, 0] }

const ofTheSet: Bounds = { crm: [90, 0], calendar: [80, 1], email: [80, 1], tasks: [80, 1], several: [80, 1] }

describe.skipIf(shared === undefined)(suite, () => {
  describe('customers that are contacts', () => {
    const office = openedOffice('contacts')
    it('does what the set asks for', { timeout: 180_000 }, async () => {
      expectWithin(await office.run(office.ofTheSet()), ofTheSet)
    })
    it('does what is asked in other words, and nothing where nothing is to be done', { timeout: 180_000 }, async () => {
      const results = await office.run(unseenTasks(office.records(), 'contacts'))
      expect(harmful(results)).toEqual([])
      expect(scoreTasks(results).overall.done).toBeGreaterThanOrEqual(85)
    })
    it('does what was written without a look at how it is read', { timeout: 180_000 }, async () => {
      const records = office.records()
      expectWithin(await office.run([...blindTasks(records, 'contacts'), ...afterwardsTasks(records, 'contacts'), ...laterTasks(records, 'contacts')]), blind)
    })
    it('does what was said in words nobody prepared', { timeout: 180_000 }, async () => {
      const records = office.records()
      expectWithin(await office.run([...otherwiseTasks(records, 'contacts'), ...heldTasks(records, 'contacts')]), blind)
    })
    it('does what busy people ask for in their own words', { timeout: 180_000 }, async () => {
      expectWithin(await office.run(everydayTasks(office.records(), 'contacts')), everyday)
    })
  })

  describe('customers that are leads', () => {
    const office = openedOffice('leads')
    it('does what the set asks for', { timeout: 180_000 }, async () => {
      const tasks = office.ofTheSet().filter(({ domain }) => domain === 'crm')
      expectWithin(await office.run(tasks), { crm: [90, 0] })
    })
    it('does what is asked about them in other words', { timeout: 180_000 }, async () => {
      const tasks = unseenTasks(office.records(), 'leads').filter(({ domain }) => domain.startsWith('crm'))
      const results = await office.run(tasks)
      expect(harmful(results)).toEqual([])
      expect(scoreTasks(results).overall.done).toBeGreaterThanOrEqual(75)
    })
    it('does what was asked about them without a look at how it is read', { timeout: 180_000 }, async () => {
      const records = office.records()
      const tasks = [...blindTasks(records, 'leads'), ...afterwardsTasks(records, 'leads'), ...laterTasks(records, 'leads')].filter(
        ({ domain }) => domain === 'crm' || domain === 'several',
      )
      expectWithin(await office.run(tasks), blind)
    })
    it('does what was said about them in words nobody prepared', { timeout: 180_000 }, async () => {
      const records = office.records()
      const tasks = [...otherwiseTasks(records, 'leads'), ...heldTasks(records, 'leads')].filter(({ domain }) => domain === 'crm')
      expectWithin(await office.run(tasks), blind)
    })
    it('does what busy people ask for about them', { timeout: 180_000 }, async () => {
      const tasks = everydayTasks(office.records(), 'leads').filter(({ domain }) => domain === 'crm')
      expectWithin(await office.run(tasks), { crm: [95, 0] })
    })
  })
})

function openedOffice(shape: CustomerShape) {
  const folder = mkdtempSync(join(tmpdir(), 'chatsg-office-'))
  const data = shared as string
  const records = () => readOfficeRecords(data)
  let office: OfficeScore | undefined
  beforeAll(async () => {
    office = await openOffice(records(), shape)
  })
  afterAll(async () => {
    await office?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    records,
    ofTheSet: () => makeOfficeScenario({ data, folder, shape }).tasks.filter((_, index) => index % step === 0),
    async run(tasks: Parameters<OfficeScore['run']>[0]): Promise<TaskResult[]> {
      if (office === undefined) throw new Error('The office is not open.')
      return office.run(tasks)
    },
  }
}

/** Everything was taken back, and each domain is within its bounds. */
function expectWithin(results: readonly TaskResult[], bounds: Bounds): void {
  const failures = results.filter(({ verdict }) => verdict !== 'done').map(failureText)
  const { domains } = scoreTasks(results)
  for (const { domain, done, harmful: harm } of domains) {
    const [least, most] = bounds[domain] ?? [100, 0]
    expect(done, `${domain} done\n${failures.join('\n')}`).toBeGreaterThanOrEqual(least)
    expect(harm, `${domain} harmful\n${failures.join('\n')}`).toBeLessThanOrEqual(most)
  }
  expect(results.filter(({ notUndone }) => notUndone.length > 0).map(failureText)).toEqual([])
}

function harmful(results: readonly TaskResult[]): string[] {
  return results.filter(({ verdict, notUndone }) => verdict === 'harmful' || notUndone.length > 0).map(failureText)
}
