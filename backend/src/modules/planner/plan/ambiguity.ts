import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { Lexeme, Reading, ReadingOf } from '#backend/modules/planner/language/reading.ts'
import { phraseBook } from '#backend/modules/planner/phrases/phrases.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import type { Frame } from './frame.ts'

const mostOptions = 8

/** A name that several different records or people bear: what to ask back, each option a whole message. */
export function ambiguousName(
  question: string,
  frame: Frame,
  chosen: readonly { lexeme: Lexeme; reading: Reading }[],
  language: Language,
): { question: string; options: { label: string; message: string }[] } | undefined {
  const used = new Set(frame.constraints.flatMap((constraint) => idsIn(constraint.filter)))
  const said = JSON.stringify(frame.constraints)
  for (const [index, { lexeme, reading }] of chosen.entries()) {
    const noun = chosen[index + 1]
    const described = noun?.reading.kind === 'entity' && noun.lexeme.start === lexeme.end ? noun.reading.entity : undefined
    const senses = reading.kind === 'value' && described !== undefined ? ownOrPlace(reading, described, said) : undefined
    if (senses !== undefined)
      return ask(
        question,
        lexeme.text,
        senses.map((words) => ({ label: words.label, name: words.said(lexeme.text) })),
        language,
      )
    if (reading.kind === 'user' && reading.together !== true) {
      const named = reading.options.filter((option) => used.has(option.id))
      if (named.length > 1 && new Set(named.map((option) => option.name)).size > 1)
        return ask(
          question,
          lexeme.text,
          named.map((option) => ({ label: option.name, name: option.name })),
          language,
        )
    }
    if (reading.kind === 'value' && reading.near === 'guess') {
      const values = [...new Set(reading.options.map(({ value }) => value))].filter((value) => said.includes(JSON.stringify(value)))
      if (values.length > 0)
        return {
          question: phraseBook(language).dialogue.noSuchValue(lexeme.text),
          options: values.slice(0, mostOptions).map((value) => ({ label: value, message: question.replace(lexeme.text, value) })),
        }
      continue
    }
    if (reading.kind !== 'record' || reading.exact) continue
    const options = reading.options.filter((option) => used.has(option.id))
    if (new Set(options.map((option) => option.label)).size < 2) continue
    return ask(
      question,
      lexeme.text,
      options.map((option) => ({ label: option.detail ? `${option.label} (${option.detail})` : option.label, name: option.label })),
      language,
    )
  }
  return undefined
}

/** "German contacts" where contacts have a language: those in Germany, or those who have it. */
function ownOrPlace({ options }: ReadingOf<'value'>, noun: EntityName, said: string): { label: string; said: (text: string) => string }[] | undefined {
  const ofThese = options.filter(({ entity }) => entity === noun)
  const own = ofThese.find(({ path, alias }) => path.startsWith('custom.') && alias !== true)
  const place = ofThese.find(({ path, alias }) => path === 'country' && alias === true)
  if (own === undefined || place === undefined || !said.includes(own.path)) return undefined
  const field = own.path.slice('custom.'.length).replaceAll('_', ' ')
  return [
    { label: place.value, said: () => place.value },
    { label: `${own.value} (${field})`, said: (text) => `${text} ${field}` },
  ]
}

function ask(question: string, text: string, options: readonly { label: string; name: string }[], language: Language) {
  const distinct = [...new Map(options.map((option) => [option.name, option])).values()].slice(0, mostOptions)
  return {
    question: phraseBook(language).dialogue.whichOne(text),
    options: distinct.map(({ label, name }) => ({ label, message: question.replace(text, name) })),
  }
}

function idsIn(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(idsIn)
  if ('or' in filter) return filter.or.flatMap(idsIn)
  if ('not' in filter) return idsIn(filter.not)
  if ('relation' in filter) return filter.where === undefined ? [] : idsIn(filter.where)
  return Array.isArray(filter.value) ? filter.value.map(String) : typeof filter.value === 'string' ? [filter.value] : []
}
