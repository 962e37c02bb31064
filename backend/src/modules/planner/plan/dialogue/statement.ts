import type { Language } from '#backend/modules/planner/language/languages.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { type Moment, periodIn } from './agenda.ts'
import { beginning, phrasesOf, textFrom, wordsOf } from './phrases.ts'

const compiled = perLanguage(({ dialogue: { statement } }) => ({
  opens: phrasesOf(statement.opens),
  they: new Set(statement.they.split('|')),
  there: new Set(statement.there.split('|')),
  their: new Set(statement.their.split('|')),
  at: statement.at,
  of: statement.of,
}))

/** "I'm seeing Acme tomorrow, what do they have open": the statement says of whom the question is. */
export function withoutStatement(message: string, language: Language = 'en', now: Moment): string {
  const said = /^\s*([^,.;!?]+)[,.;!]\s+(?=\p{L})/u.exec(message)
  const statement = said?.[1] ?? ''
  const { opens } = compiled(language)
  const words = wordsOf(statement)
  const opening = beginning(words, opens)
  if (said === null || opening === 0 || opening === words.length) return message
  const end = words.findIndex((_, at) => at > opening && periodIn(statement, words, at, language, now) !== undefined)
  const name = textFrom(statement, words, opening, end === -1 ? words.length : end)
  const question = message.slice(said[0].length)
  const about = pointingTo(question, name, language)
  return about === question ? message : about
}

/** The question with the name in place of what points to it. */
export function pointingTo(question: string, name: string, language: Language): string {
  const { they, there, their, at, of } = compiled(language)
  let about = ''
  let from = 0
  for (const { norm, from: start, to } of wordsOf(question)) {
    const meant = they.has(norm) ? name : there.has(norm) ? at.replace('#', name) : their.has(norm) ? of.replace('#', name) : undefined
    if (meant === undefined) continue
    about += question.slice(from, start) + meant
    from = to
  }
  return about + question.slice(from)
}
