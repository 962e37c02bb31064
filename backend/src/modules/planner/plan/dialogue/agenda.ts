import type { Language } from '#backend/modules/planner/language/languages.ts'
import { periodContext } from '#backend/modules/planner/language/period-context.ts'
import { readPeriod } from '#backend/modules/planner/language/periods.ts'
import { withSpokenYears } from '#backend/modules/planner/language/spoken-years.ts'
import { tokenise } from '#backend/modules/planner/language/tokenise.ts'
import { perLanguage, vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { beginning, hear, phrasesOf, textFrom, type Word } from './phrases.ts'

const compiled = perLanguage(({ dialogue: { agenda } }) => ({
  ...agenda,
  mine: phrasesOf(agenda.mine),
  of: phrasesOf(agenda.of),
  does: phrasesOf(agenda.does),
  ends: phrasesOf(agenda.ends),
}))

const longestName = 3

/** When and where a question is asked. */
export interface Moment {
  now: Date
  timeZone: string
}

/** "What is on for Monday", "what has Jack got on today": the tasks and the events of that time, as two questions. */
export function agendaOf(question: string, language: Language | undefined = 'en', at: Moment): string[] | undefined {
  const { mine, of, tasks, events, theirTasks, theirEvents } = compiled(language)
  const { text, words } = hear(question, language)
  const opening = beginning(words, mine)
  const period = opening === 0 ? undefined : periodIn(text, words, opening, language, at)
  if (period !== undefined) return [tasks, events].map((one) => one.replace('#', period))
  const asked = beginning(words, of)
  if (asked === 0) return undefined
  const said = whoDoes(text, words, asked, language)
  const time = said === undefined ? undefined : periodIn(text, words, said.next, language, at)
  if (said === undefined || time === undefined) return undefined
  return [theirTasks, theirEvents].map((one) => one.replace('@', said.name).replace('#', time))
}

/** The name before the words that ask what somebody does. */
function whoDoes(text: string, words: readonly Word[], from: number, language: Language): { name: string; next: number } | undefined {
  for (let to = from + 1; to <= Math.min(from + longestName, words.length); to++) {
    const length = beginning(words, compiled(language).does, to)
    if (length > 0) return { name: textFrom(text, words, from, to), next: to + length }
  }
  return undefined
}

/** The words from one on, when they are a time and nothing else. */
export function periodIn(text: string, words: readonly Word[], from: number, language: Language, at: Moment): string | undefined {
  const { ends } = compiled(language)
  const last = words.findIndex((_, index) => index > from && beginning(words, ends, index) === words.length - index)
  if (from >= words.length) return undefined
  const rest = textFrom(text, words, from, last === -1 ? words.length : last)
  const vocabulary = vocabularyOf(language)
  const tokens = withSpokenYears(tokenise(rest, vocabulary), vocabulary)
  const period = readPeriod(periodContext(rest, tokens, vocabulary, at), 0)
  return period !== undefined && tokens.slice(period.end).every(({ kind }) => kind === 'punctuation') ? rest : undefined
}
