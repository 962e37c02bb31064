import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { workspaceSettingsChangeSchema } from '#contracts/workspace.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations, type TestOperations } from '../../../../test/operations.ts'
import { createPipelineReportService } from '../pipelines/pipeline-report.ts'
import { createWorkspaceSettingsService, type WorkspaceSettingsService } from './workspace-settings.service.ts'

const clock = createClock('2026-11-20T15:00:00Z')
let workspace: TestWorkspace
let operations: TestOperations
let settings: WorkspaceSettingsService

beforeAll(async () => {
  workspace = await createTestWorkspace()
  operations = createTestOperations(workspace.database, clock)
  settings = createWorkspaceSettingsService(operations)
})

describe('the settings of a workspace', () => {
  it('are the defaults until somebody says otherwise, and again when what is stored is no such number', async () => {
    const defaults = { name: 'Test', currency: 'USD', timeZone: 'UTC', fiscalYearStartMonth: 1, stalledDays: 60 }
    expect(await settings.getSettings(workspace.actor)).toEqual(defaults)
    await workspace.gold(`update workspaces set settings = '{"stalledDays": "many", "fiscalYearStartMonth": 13}' where id = $1`)
    expect(await settings.getSettings(workspace.actor)).toEqual(defaults)
  })

  it('are changed one by one, beside what else is kept there', async () => {
    await workspace.gold(`update workspaces set settings = '{"other": true}' where id = $1`)
    expect(await settings.updateSettings(workspace.actor, { fiscalYearStartMonth: 4 })).toMatchObject({ fiscalYearStartMonth: 4, stalledDays: 60 })
    expect(await settings.updateSettings(workspace.actor, { stalledDays: 30 })).toMatchObject({ fiscalYearStartMonth: 4, stalledDays: 30 })
    expect(await workspace.gold('select settings from workspaces where id = $1')).toEqual([
      { settings: { other: true, fiscalYearStartMonth: 4, stalledDays: 30 } },
    ])
  })

  it('name the workspace, and say what amounts without a currency are in', async () => {
    const named = { name: 'Harbour Works', currency: 'EUR', timeZone: 'Europe/Berlin' }
    expect(await settings.updateSettings(workspace.actor, named)).toMatchObject(named)
    expect(await workspace.gold('select name, currency, time_zone, settings from workspaces where id = $1')).toMatchObject([
      { name: 'Harbour Works', currency: 'EUR', time_zone: 'Europe/Berlin', settings: { fiscalYearStartMonth: 4, stalledDays: 30 } },
    ])
    expect((await settings.updateSettings(workspace.actor, { currency: 'USD' })).name).toBe('Harbour Works')
    for (const wrong of [{ name: ' ' }, { currency: 'EURO' }, { timeZone: 'Berlin' }])
      expect(workspaceSettingsChangeSchema.safeParse(wrong).success).toBe(false)
  })

  it('are read by everybody, changed by owners and admins, and of one workspace only', async () => {
    const viewer = await workspace.member('viewer')
    const { stalledDays } = await settings.getSettings(workspace.actor)
    expect((await settings.getSettings(viewer)).stalledDays).toBe(stalledDays)
    await expect(settings.updateSettings(viewer, { stalledDays: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const stranger = await createTestWorkspace()
    await settings.updateSettings(stranger.actor, { stalledDays: 7 })
    expect((await settings.getSettings(workspace.actor)).stalledDays).toBe(stalledDays)
  })

  it('decide which deals the pipeline report calls stalled, from the next report on', async () => {
    const { actor, workspaceId } = workspace
    const pipelineId = newId()
    await workspace.gold('insert into pipelines (workspace_id, id, name, currency, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)', [
      workspaceId,
      pipelineId,
      'Sales',
      'USD',
      clock.now().toISOString(),
    ])
    for (const days of [20, 40])
      await workspace.gold(
        `insert into opportunities (workspace_id, id, name, pipeline_id, state, currency, created_at, updated_at, stage_changed_at)
         values ($1, $2, $3, $4, 'open', 'USD', $5, $5, $5::timestamptz - make_interval(days => $6))`,
        [workspaceId, newId(), `Unmoved for ${days} days`, pipelineId, clock.now().toISOString(), days],
      )
    const report = createPipelineReportService({ ...operations, clock })
    const stalled = async () => (await report.getPipelineReport(actor)).pipelines.flatMap((pipeline) => pipeline.stalled.map(({ name }) => name)).sort()
    await settings.updateSettings(actor, { stalledDays: 30 })
    expect(await stalled()).toEqual(['Unmoved for 40 days'])
    await settings.updateSettings(actor, { stalledDays: 10 })
    expect(await stalled()).toEqual(['Unmoved for 20 days', 'Unmoved for 40 days'])
    await settings.updateSettings(actor, { stalledDays: 60 })
    expect(await stalled()).toEqual([])
  })
})
