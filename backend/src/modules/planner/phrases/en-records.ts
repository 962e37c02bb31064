import { englishEntity, englishList, englishNumber, englishSubject, lowered, upperFirst } from './en-nouns.ts'
import type { FieldName } from './phrase-book.ts'
import type { Ranking, RecordPhrases } from './record-phrases.ts'

const more = (count: number) => (count > 0 ? ` and ${count} more` : '')
const byField = (by: FieldName | undefined) => (by === undefined ? '' : ` by ${lowered(by.label)}`)
const commaBy = (by: FieldName | undefined) => (by === undefined ? '' : `, by ${lowered(by.label)}`)

/** "Top 8 of 107", "Latest 3 of 40": how a ranked list begins. */
function rankWords({ shown, total, direction, isTime }: Ranking): string {
  const of = total > shown ? ` of ${total.toLocaleString('en')}` : ''
  const down = direction === 'desc'
  return `${isTime ? (down ? 'Latest' : 'Earliest') : down ? 'Top' : 'Lowest'} ${shown}${of}`
}

export const englishRecords: RecordPhrases = {
  noneFound: ({ entity, one, explanation }) => `I found no ${englishEntity(entity, one ? 1 : 2)} for that. I looked for: ${explanation}`,
  single: (name) => `${name}.`,
  tied: (names, count) => `${englishList(names)}${more(count)}, equally.`,
  ranked: (ranking, names, count) =>
    `${rankWords(ranking)} ${englishSubject(ranking.subject, ranking.total)}${byField(ranking.by)}: ${englishList(names)}${more(count)}.`,
  few: ({ entity, total, yes, told }) => `${yes ? 'Yes: ' : ''}${englishNumber(total)} ${englishEntity(entity, total)}: ${told}.`,
  many: ({ entity, total, shown, yes, by }) =>
    `${yes ? 'Yes: ' : ''}${englishNumber(total)} ${englishEntity(entity, total)}${commaBy(by)}${shown < total ? `, ${shown} of ${englishNumber(total)} shown` : ''}.`,
  page: ({ entity, from, to, total }) => `${englishNumber(from)} to ${englishNumber(to)} of ${englishNumber(total)} ${englishEntity(entity, total)}.`,
  fitting: (entity, count, lines) => `${count} ${englishEntity(entity, count)} fit. ${lines.join('; ')}.`,
  known: (label, facts) => `${label}: ${facts}.`,
  fact: ({ label }, value) => `${lowered(label)} ${value}`,
  notRecorded: ({ label }) => `no ${label.toLowerCase()} is recorded`,
  summary: ({ label, entity, facts }) => `${label} (${englishEntity(entity, 1)})${facts.length > 0 ? `: ${facts.join(', ')}` : ''}.`,
  yes: 'Yes. ',
  everyOne: 'Yes: I found no exception.',
  no: 'No. ',
  noBefore: (sentence) => `No: ${/^I\b/.test(sentence) ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1)}`,
  noBecause: (label, facts) => `No. ${label}: ${englishList(facts)}.`,
  withoutLast: (entity, count) => `Without the last condition there ${count === 1 ? 'is' : 'are'} ${count} ${englishEntity(entity, count)}.`,
  timeline: ({ label, inTime, total, latest, last }) =>
    `${latest === undefined ? total : `The latest ${latest}`} things about ${label}${inTime ? ' in that time' : ''}, newest first; the last was ${last.what} “${last.name}” on ${last.date}.`,
  emptyTimeline: (label, inTime) => `Nothing is recorded about ${label}${inTime ? ' in that time' : ''}: no note, task, event, e-mail, deal or order.`,
  timelineTitle: (label) => `What happened with ${label}`,
  timelineColumns: { at: 'When', what: 'What', name: 'Title', who: 'Who' },
  unnamed: 'it',
  rankedTitle: (ranking) => `${rankWords({ ...ranking, total: ranking.shown })} ${englishSubject(ranking.subject, 2)}${byField(ranking.by)}`,
  title: ({ what, period, top }) =>
    upperFirst(
      `${what}${period === undefined ? '' : `, ${period}`}${top === undefined ? '' : ` – ${top.direction === 'desc' ? 'top' : 'lowest'} ${top.count}`}`,
    ),
}
