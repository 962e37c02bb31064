/** What a workspace says of itself and of its figures, over HTTP. */
import { z } from 'zod'

const month = z.int().min(1).max(12).describe('1-12')
const days = z.int().min(1).max(3650)

export const defaultFiscalYearStartMonth = 1
export const defaultStalledDays = 60

export const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))
export const timeZoneNames: ReadonlySet<string> = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])

export const workspaceSettingsSchema = z.object({
  name: z.string(),
  /** ISO 4217; amounts that are given without one are in it. */
  currency: z.string(),
  /** IANA name; decides what a day is where nobody's own clock does. */
  timeZone: z.string(),
  /** First month of the fiscal year. */
  fiscalYearStartMonth: month,
  /** An open opportunity that has not changed its stage for this many days is stalled. */
  stalledDays: days,
})
export type WorkspaceSettings = z.infer<typeof workspaceSettingsSchema>

export const workspaceSettingsChangeSchema = workspaceSettingsSchema
  .extend({
    name: z.string().trim().min(1).max(120),
    currency: z.string().refine((code) => currencyCodes.has(code), 'is not an ISO 4217 currency; write it like USD or EUR'),
    timeZone: z.string().refine((zone) => timeZoneNames.has(zone), 'is not a time zone; write it like Europe/Berlin'),
  })
  .partial()
export type WorkspaceSettingsChange = z.infer<typeof workspaceSettingsChangeSchema>
