import { z } from 'zod'
import type { ChangeFlags, FeatureFlag } from '#contracts/deployment.ts'

type Rule = Pick<FeatureFlag, 'enabled' | 'percentage' | 'targets'>

const ruleSchema = z.object({ enabled: z.boolean(), percentage: z.number(), targets: z.array(z.string()), source: z.string().optional() })

/** For whom a flag is on, in words. */
export function ruleWords({ enabled, percentage, targets }: Rule): string {
  if (!enabled) return 'off'
  if (percentage >= 100) return 'on for everybody'
  if (percentage <= 0) return targets.length === 0 ? 'on for nobody yet' : 'on for those named'
  return `on for ${percentage} % of people${targets.length === 0 ? '' : ' and those named'}`
}

/** The same of what the history keeps; null is a flag that was not there, or not any more. */
export function stateWords(state: unknown, absent: string): string {
  const rule = ruleSchema.safeParse(state)
  return rule.success ? ruleWords(rule.data) : absent
}

/** What brings a flag back to what it was: to its own rule, or to what the configuration says. */
export function changeBackTo(state: unknown): ChangeFlags[string] {
  const rule = ruleSchema.safeParse(state)
  if (!rule.success || rule.data.source === 'configuration') return null
  const { enabled, percentage, targets } = rule.data
  return { enabled, percentage, targets }
}
