/** What a workspace says of its own figures, over HTTP. */
import { z } from 'zod'

const month = z.int().min(1).max(12).describe('1-12')
const days = z.int().min(1).max(3650)

export const defaultFiscalYearStartMonth = 1
export const defaultStalledDays = 60

export const workspaceSettingsSchema = z.object({
  /** First month of the fiscal year. */
  fiscalYearStartMonth: month,
  /** An open opportunity that has not changed its stage for this many days is stalled. */
  stalledDays: days,
})
export type WorkspaceSettings = z.infer<typeof workspaceSettingsSchema>

export const workspaceSettingsChangeSchema = workspaceSettingsSchema.partial()
export type WorkspaceSettingsChange = z.infer<typeof workspaceSettingsChangeSchema>
