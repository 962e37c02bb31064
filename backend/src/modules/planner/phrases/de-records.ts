import {
  dativeSubject,
  ended,
  type Gender,
  genderOf,
  germanEntity,
  germanList,
  germanNone,
  germanNumber,
  germanSubject,
  inflected,
  insideSentence,
  listWithMore,
  upperFirst,
} from './de-nouns.ts'
import { fieldBy, fieldNoun, fieldSaid } from './de-paths.ts'
import type { FieldName } from './phrase-book.ts'
import type { Ranking, RecordPhrases } from './record-phrases.ts'

const by = (field: FieldName | undefined) => (field === undefined ? '' : ` nach ${fieldBy(field)}`)

const articles = { m: 'Der', f: 'Die', n: 'Das' } as const
const dativeArticles: Readonly<Record<Gender, string>> = { m: 'dem', f: 'der', n: 'dem', p: 'den' }

/** "Top 5 von 107 offenen Deals nach Wert", "Die 3 neuesten Kontakte nach Erstelldatum", "Die 2 Produkte mit dem niedrigsten Preis". */
function rankedNoun(ranking: Ranking): string {
  const { subject, shown, total, direction, isTime, by: field } = ranking
  const rest = total > shown ? ` von ${germanNumber(total)} ${dativeSubject(subject)}` : undefined
  if (!isTime && direction === 'desc') return `Top ${shown}${rest ?? ` ${germanSubject(subject, shown)}`}${by(field)}`
  const first = shown > 1 ? `Die ${shown}` : articles[genderOf(subject.entity)]
  const noun = shown > 1 ? pluralAfterDie(subject) : germanEntity(subject.entity, 1)
  const gender = field === undefined ? undefined : fieldNoun(field).gender
  if (!isTime && field !== undefined && gender !== undefined) return `${first}${rest ?? ` ${noun}`} mit ${dativeArticles[gender]} niedrigsten ${fieldBy(field)}`
  const stem = isTime ? (direction === 'desc' ? 'neueste' : 'älteste') : 'niedrigste'
  return `${first} ${stem}${shown > 1 ? 'n' : ''}${rest ?? ` ${noun}`}${by(field)}`
}

/** "(Die 3) offenen Deals": after an article the adjective has another ending. */
function pluralAfterDie({ entity, state }: Ranking['subject']): string {
  const noun = germanEntity(entity, 2)
  const [adjective, ...more] = germanSubject({ entity, ...(state === undefined ? {} : { state }) }, 2).split(' ')
  return more.length === 0 ? noun : `${adjective}n ${noun}`
}

export const germanRecords: RecordPhrases = {
  noneFound: ({ entity, one, explanation }) => `${upperFirst(germanNone(entity, one))} gefunden. Gesucht wurde: ${explanation}`,
  single: (name) => ended(name),
  tied: (names, count) => `${listWithMore(names, count)}, gleichauf.`,
  ranked: (ranking, names, count) => ended(`${rankedNoun(ranking)}: ${listWithMore(names, count)}`),
  few: ({ entity, total, yes, told }) => ended(`${yes ? 'Ja, ' : ''}${germanNumber(total)} ${germanEntity(entity, total)}: ${told}`),
  many: ({ entity, total, shown, yes, by: field }) =>
    `${yes ? 'Ja, ' : ''}${germanNumber(total)} ${germanEntity(entity, total)}${field === undefined ? '' : `, sortiert${by(field)}`}${shown < total ? `, ${germanNumber(shown)} von ${germanNumber(total)} angezeigt` : ''}.`,
  page: ({ entity, from, to, total }) => `${germanNumber(from)} bis ${germanNumber(to)} von ${germanNumber(total)} ${dativeSubject({ entity })}.`,
  fitting: (entity, count, lines) => `${germanNumber(count)} ${germanEntity(entity, count)} passen dazu. ${ended(lines.join('; '))}`,
  known: (label, facts) => ended(`${label}: ${facts}`),
  fact: (field, value) => `${fieldSaid(field)} ${value}`,
  notRecorded(field) {
    const { noun, of, gender } = fieldNoun(field)
    return `${insideSentence(noun)}${of} ${gender === 'p' ? 'sind' : 'ist'} nicht hinterlegt`
  },
  summary: ({ label, entity, facts }) => ended(`${label} (${germanEntity(entity, 1)})${facts.length > 0 ? `: ${facts.join(', ')}` : ''}`),
  yes: 'Ja. ',
  everyOne: 'Ja, eine Ausnahme gibt es nicht.',
  no: 'Nein. ',
  noBefore: (sentence) => `Nein. ${sentence}`,
  noBecause: (label, facts) => ended(`Nein. ${label}: ${germanList(facts)}`),
  withoutLast: (entity, count) => `Ohne die letzte Bedingung ${count === 1 ? 'gibt es' : 'sind es'} ${germanNumber(count)} ${germanEntity(entity, count)}.`,
  timeline: ({ label, inTime, total, latest, last }) =>
    `${latest === undefined ? `${total} ${total === 1 ? 'Eintrag' : 'Einträge'}` : `Die letzten ${latest} Einträge`} zu ${label}${inTime ? ' in dieser Zeit' : ''}, neueste zuerst; zuletzt ${last.what} „${last.name}“ am ${last.date}.`,
  emptyTimeline: (label, inTime) =>
    `Zu ${label} ist${inTime ? ' in dieser Zeit' : ''} nichts hinterlegt: keine Notiz, keine Aufgabe, kein Termin, keine E-Mail, kein Deal und keine Bestellung.`,
  timelineTitle: (label) => `Verlauf zu ${label}`,
  timelineColumns: { at: 'Wann', what: 'Was', name: 'Titel', who: 'Wer' },
  unnamed: 'diesem Eintrag',
  rankedTitle: (ranking) => rankedNoun({ ...ranking, total: ranking.shown }),
  title: ({ what, period, top }) =>
    upperFirst(
      `${what}${period === undefined ? '' : `, ${period}`}${top === undefined ? '' : ` – ${top.direction === 'desc' ? `Top ${top.count}` : `die ${top.count} ${inflected('niedrigst', 'p')}n`}`}`,
    ),
}
