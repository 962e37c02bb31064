import type { PlanOptions } from './plan-import.ts'

export interface ImportOptions extends PlanOptions {
  dryRun?: boolean | undefined
  createMissing?: boolean | undefined
  fileName?: string | undefined
  timeZone?: string | undefined
}
