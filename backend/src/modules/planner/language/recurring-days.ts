import type { Vocabulary } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import type { Lexeme } from './reading.ts'
import type { Token } from './tokenise.ts'

/** "On a Saturday or Sunday", "on Mondays and Fridays": what is joined to a day that comes again comes again too. */
export function joinRecurringDays(lexemes: readonly Lexeme[], tokens: readonly Token[], { weekdays }: Pick<Vocabulary, 'weekdays'>): Lexeme[] {
  const days = new Map(weekdays.flatMap((list, index) => list.split('|').map((word) => [word, index + 1] as const)))
  const result: Lexeme[] = []
  for (const lexeme of lexemes) {
    // "A Saturday or a Sunday".
    const article = result.at(-1)?.readings.every(({ reading }) => reading.kind === 'filler') === true ? 1 : 0
    const [first, joint] = [result.at(-2 - article), result.at(-1 - article)]
    const said = first?.readings.find(({ reading }) => reading.kind === 'recurring')
    const reading = said?.reading
    const word = lexeme.end === lexeme.start + 1 ? (tokens[lexeme.start]?.norm ?? '') : ''
    const day = days.get(word) ?? days.get(word.replace(/s$/, ''))
    const joined = joint?.text === ',' || joint?.readings[0]?.reading.kind === 'conjunction'
    if (first === undefined || said === undefined || reading?.kind !== 'recurring' || reading.weekdays === undefined || day === undefined || !joined) {
      result.push(lexeme)
      continue
    }
    const all = [...new Set([...reading.weekdays, day])].sort((a, b) => a - b)
    const text = `${first.text} ${joint?.text ?? ''} ${lexeme.text}`
    result.splice(-2 - article, 2 + article, { ...first, end: lexeme.end, text, readings: [{ reading: { ...reading, weekdays: all }, weight: said.weight }] })
  }
  return result
}
