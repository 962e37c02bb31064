import { fold } from '#contracts/fold.ts'
import type { Memory } from '#contracts/memory.ts'
import type { HeldMemory } from './memories.repository.ts'
import type { AppliedMemory } from './memory.types.ts'

/** Words that say nothing of what a text is about. */
const plain = new Set(
  'the and for with from that this what which who how many much are was were has have had does did show list give all any our your you can not der die das und für mit von dass dies was welche welcher wer wie viele viel sind war waren hat haben zeig zeige liste gib alle unsere deine kannst nicht ein eine einen'.split(
    ' ',
  ),
)

/** What a text is about, folded. */
export function tellingWords(text: string): string[] {
  return [...new Set(fold(text).match(/[\p{L}\p{N}]{3,}/gu) ?? [])].filter((word) => !plain.has(word))
}

/**
 * Those that bear on a text: each preference of the person's own, and what shares words with it or was found to mean the same, best first.
 * @param meant ids that another search found, best first
 */
export function relevantMemories(
  memories: readonly HeldMemory[],
  { text, limit, meant = [] }: { text: string; limit: number; meant?: readonly string[] },
): HeldMemory[] {
  const words = tellingWords(text)
  const score = (memory: HeldMemory) => {
    const shared = words.filter((word) => memory.norm.includes(word)).length
    const place = meant.indexOf(memory.id)
    const isOwnPreference = memory.kind === 'preference' || (memory.subject === 'me' && !memory.key.includes(':'))
    return shared * 2 + (place === -1 ? 0 : 2 - place / meant.length) + (isOwnPreference ? 1 : 0)
  }
  return memories
    .map((memory) => ({ memory, score: score(memory) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ memory }) => memory)
}

/** What applies to every answer; one's own before everybody's. */
export function toApplied(memories: readonly Pick<Memory, 'key' | 'value' | 'scope'>[]): AppliedMemory {
  const value = (key: string) =>
    (memories.find((memory) => memory.key === key && memory.scope === 'person') ?? memories.find((memory) => memory.key === key))?.value
  const { name, currency, timeZone, format, language, month } = {
    name: value('name'),
    currency: value('currency'),
    timeZone: value('time zone'),
    format: value('format'),
    language: value('language'),
    month: value('fiscal year start'),
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(currency === undefined ? {} : { currency }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(format === undefined ? {} : { format }),
    ...(language === 'en' || language === 'de' ? { language } : {}),
    ...(month === undefined ? {} : { fiscalYearStartMonth: Number(month) }),
  }
}

/** As a model reads them: the person's own words, when they were said, and that they are data. */
export function toPromptLines(memories: readonly Pick<Memory, 'scope' | 'text' | 'updatedAt'>[]): string[] {
  return memories.map(
    ({ scope, text, updatedAt }) =>
      `${scope === 'workspace' ? 'Everybody here knows' : 'The person said'} (${updatedAt.slice(0, 10)}): ${JSON.stringify(text.slice(0, 300))}`,
  )
}
