import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { notFound } from '#backend/kernel/errors.ts'
import {
  defaultFiscalYearStartMonth,
  defaultStalledDays,
  type WorkspaceSettings,
  type WorkspaceSettingsChange,
  workspaceSettingsSchema,
} from '#contracts/workspace.ts'

const { fiscalYearStartMonth, stalledDays } = workspaceSettingsSchema.shape
// What an operator wrote by hand and is no such number counts as not set, as it does to the planner.
const storedSchema = workspaceSettingsSchema.extend({
  fiscalYearStartMonth: fiscalYearStartMonth.catch(defaultFiscalYearStartMonth),
  stalledDays: stalledDays.catch(defaultStalledDays),
})

/** The workspace's own, with the defaults of what it does not say. */
export async function getWorkspaceSettings(tx: Transaction): Promise<WorkspaceSettings> {
  const [row] = await tx.query<{ settings: Record<string, unknown> }>(
    sql`select settings || jsonb_build_object('name', name, 'currency', currency, 'timeZone', time_zone) as settings from workspaces where id = ${tx.workspaceId}`,
  )
  if (row === undefined) throw notFound('The workspace')
  return storedSchema.parse(row.settings)
}

/** Changes what is named, and leaves everything else of the settings. */
export async function updateWorkspaceSettings(tx: Transaction, { name, currency, timeZone, ...settings }: WorkspaceSettingsChange): Promise<void> {
  await tx.query(sql`
    update workspaces set settings = settings || ${JSON.stringify(settings)}::jsonb, name = coalesce(${name ?? null}, name),
      currency = coalesce(${currency ?? null}, currency), time_zone = coalesce(${timeZone ?? null}, time_zone)
    where id = ${tx.workspaceId}`)
}
