import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Token } from '#backend/modules/planner/language/tokenise.ts'
import type { Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'

/** What a workspace says of its own figures, in `workspaces.settings`. */
export interface FigureSettings {
  /** 1-12 */
  fiscalYearStartMonth: number
  stalledDays: number
}

export const defaultFigureSettings: FigureSettings = { fiscalYearStartMonth: 1, stalledDays: 60 }

/** The settings a question touches; those of no question that speaks of neither fiscal years nor stalled deals are read. */
export async function figureSettings(tx: Transaction, tokens: readonly Token[], vocabulary: Vocabulary): Promise<FigureSettings> {
  if (!speaksOfSettings(tokens, vocabulary)) return defaultFigureSettings
  const [row] = await tx.query<{ settings: Record<string, unknown> | null }>(sql`select settings from workspaces where id = ${tx.workspaceId}`)
  const settings = row?.settings ?? {}
  return {
    fiscalYearStartMonth: within(settings.fiscalYearStartMonth, 1, 12) ?? defaultFigureSettings.fiscalYearStartMonth,
    stalledDays: within(settings.stalledDays, 1, 3650) ?? defaultFigureSettings.stalledDays,
  }
}

function within(value: unknown, low: number, high: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high ? value : undefined
}

function speaksOfSettings(tokens: readonly Token[], { time, states }: Vocabulary): boolean {
  const phrases = [time.words.fiscal, states.stalled ?? '', states.atRisk ?? '', states.inactive ?? ''].flatMap((list) => list.split('|'))
  const text = ` ${tokens.map((token) => token.norm).join(' ')} `
  return phrases.some((phrase) => phrase !== '' && text.includes(` ${phrase} `)) || tokens.some((token) => token.norm.startsWith(time.shortParts.fiscalYear))
}
