import { says } from '#backend/modules/planner/language/says.ts'
import type { DeclineReason } from '#backend/modules/planner/phrases/dialogue-phrases.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage, vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { entities } from '#contracts/entities.ts'
import { emptyFrame } from '../frame.ts'
import { beginning, hear, numberOf, phrasesOf, type Said, textFrom } from './phrases.ts'

const compiled = perLanguage(({ dialogue }) => ({
  numbered: phrasesOf(dialogue.numbered),
  article: phrasesOf(dialogue.article),
  one: phrasesOf(dialogue.one),
  listed: phrasesOf(dialogue.listed),
  afterOne: phrasesOf(dialogue.afterOne),
  details: phrasesOf(dialogue.details),
  ordinals: phrasesOf(Object.keys(dialogue.ordinals).join('|')),
}))

interface Place {
  /** 1 is the first, -1 the last. */
  position: number
  /** Words of the message that name it. */
  from: number
  to: number
}

/** "The third one", "number 2", "the last deal": a place in a list that was shown. */
export function findPlace({ text, words, language }: Said, nouns: readonly string[]): Place | undefined {
  const { numbered, article, one, listed, afterOne, ordinals } = compiled(language)
  const { dialogue } = vocabularyOf(language)
  for (let at = 0; at < words.length; at++) {
    const start = beginning(words, article, at)
    const from = at
    const here = at + start
    const marker = beginning(words, numbered, here)
    const number = marker > 0 ? numberOf(words[here + marker]?.norm ?? '', language) : undefined
    const [mark, digits] = [words[here + marker - 1], words[here + marker]]
    const isApart = mark !== undefined && digits !== undefined && /^\s*#?\s*$/.test(text.slice(mark.to, digits.from))
    if (number !== undefined && number > 0 && isApart) return { position: number, from, to: here + marker + 1 }
    const length = beginning(words, ordinals, here)
    if (length === 0) continue
    const position =
      dialogue.ordinals[
        words
          .slice(here, here + length)
          .map(({ norm }) => norm)
          .join(' ')
      ]
    const next = here + length
    const follows = beginning(words, one, next) || (start > 0 ? beginning(words, listed, next) : 0)
    const isNoun = nouns.includes(words[next]?.norm ?? '')
    const standsAlone = next === words.length || (start > 0 && beginning(words, afterOne, next) > 0)
    if (position === undefined || !(follows > 0 || isNoun || (standsAlone && (start > 0 || words.length === length)))) continue
    return { position, from, to: next + (isNoun ? 1 : follows) }
  }
  return undefined
}

export type Pointed = { turn: PlannerTurn; question: string; details: boolean } | { missing: DeclineReason }

/** Takes a message about one of the records shown as a message about that record alone. */
export function pointAt(said: Said, turn: PlannerTurn): Pointed | undefined {
  const { shown, frame } = turn
  if (frame.kind === 'groups') {
    const at = findPlace(said, [])?.position
    // The first and the last of groups are the highest and the lowest.
    return at === undefined || Math.abs(at) === 1 ? undefined : { missing: { reason: 'groupsShown' } }
  }
  if (frame.kind !== 'list' && frame.kind !== 'lookup') return undefined
  const { dialogue, entities: entityNouns } = vocabularyOf(said.language)
  const noun = entities[shown.entity].label.toLowerCase()
  const nouns = [noun, entities[shown.entity].singular, ...(entityNouns[shown.entity] ?? '').split('|')]
  const place = findPlace(said, nouns)
  if (place === undefined || shown.ids.length === 0) return undefined
  // "Who sent the last one?" of letters, the latest of which stand first: the latest, and not the one at the end.
  const sent = shown.entity === 'emails' && frame.sort.length === 0 && said.words.some(({ norm }) => says(norm, 'sent', said.language))
  if (sent && place.position === -1) return undefined
  const count = shown.ids.length
  const id = shown.ids.at(place.position > 0 ? place.position - 1 : place.position)
  if (id === undefined || (place.position < 0 && turn.matched > count && frame.limit === undefined))
    return { missing: { reason: 'notInList', count, of: turn.matched > count ? turn.matched : undefined } }
  const { text, words } = said
  const before = textFrom(text, words, 0, place.from)
  const after = textFrom(text, words, place.to)
  const opening = hear(before, said.language)
  const isOnlyDetails =
    after === '' &&
    (before === '' || beginning(opening.words, compiled(said.language).details) === opening.words.length || said.words.length === place.to - place.from)
  return { turn: turnOfRecord(turn, id), question: [before, dialogue.pronoun, after].filter((part) => part !== '').join(' '), details: isOnlyDetails }
}

/** The answer as if it had shown this one record. */
function turnOfRecord({ shown }: PlannerTurn, id: string): PlannerTurn {
  const frame = emptyFrame(shown.entity)
  frame.kind = 'lookup'
  frame.constraints = [{ slot: 'record', filter: { field: 'id', op: 'eq', value: id } }]
  return { frame, shown: { entity: shown.entity, ids: [id] }, matched: 1 }
}
