import type { EntityName } from '#contracts/entities.ts'
import { germanEntity, germanList, germanNumber, germanSubject, stateOfMany, upperFirst } from './de-nouns.ts'
import { fieldBy } from './de-paths.ts'
import { germanTimes, units } from './de-times.ts'
import type { Movement, MovementPhrases } from './movement-phrases.ts'
import type { Subject } from './phrase-book.ts'

const { inBucket, upToBucket } = germanTimes
const whose = (who: string) => (who === '' ? '' : `${who}: `)
const named = (what: { subject: Subject } | { label: string }) => upperFirst('subject' in what ? germanSubject(what.subject, 2) : what.label)
const noun = (what: { entity: EntityName } | { label: string }) => ('entity' in what ? germanEntity(what.entity, 2) : what.label)

function moving({ direction, points, percent }: Movement): string {
  if (direction === 0) return 'unverändert'
  const sign = direction > 0 ? 'plus' : 'minus'
  if (points !== undefined) return `${sign} ${germanNumber(points)} ${points === 1 ? 'Prozentpunkt' : 'Prozentpunkte'}`
  return percent === undefined ? (direction > 0 ? 'mehr' : 'weniger') : `${sign} ${germanNumber(percent)} %`
}

const deals = (count: number) => (count === 1 ? '1 Deal' : `${germanNumber(count)} Deals`)

export const germanMovements: MovementPhrases = {
  changeOf: (what) => `Veränderung: ${named(what)}`,
  columns: { running: 'Laufende Summe', change: 'Veränderung', changeRatio: 'Veränderung in %' },
  upTo: (who, moment) => `${whose(who)}${moment.value} ${upToBucket(moment.bucket, moment.unit)}`,
  only: (who, moment) => `${whose(who)}${moment.value} ${inBucket(moment.bucket, moment.unit)}, im anderen Zeitraum nichts`,
  against: (who, now, before, movement) =>
    `${whose(who)}${now.value} ${inBucket(now.bucket, now.unit)} gegenüber ${before.value} ${inBucket(before.bucket, before.unit)}, ${moving(movement)}`,
  moved: (what, sentences, more) =>
    `${named(what)}: ${sentences.join('; ')}${more > 0 ? `; und ${more === 1 ? 'eine weitere Reihe' : `${germanNumber(more)} weitere`}` : ''}.`,
  meanOf: (what) => `${noun(what)} im Durchschnitt`,
  mean: ({ what, per, said }) => `${noun(what)} je ${'bucket' in per ? units[per.bucket].one : fieldBy(per.field)} im Durchschnitt: ${germanList(said)}.`,
  meanValue: (value, total, groups) => `${value} (${total} auf ${groups})`,
  ratioOf: ([first, second], entity) => `Verhältnis ${stateOfMany(first)} zu ${stateOfMany(second)} ${germanEntity(entity, 2)}`,
  ratio: ({ counts, states, entity, ratio }) =>
    `${germanNumber(counts[0])} ${stateOfMany(states[0])} zu ${germanNumber(counts[1])} ${stateOfMany(states[1])} ${germanEntity(entity, 2)}${ratio === null ? '' : `: ${germanNumber(ratio)} zu 1`}.`,
  forecastTitle: (unit) => (unit === undefined ? 'Prognose' : `Prognose nach ${units[unit].one}`),
  forecast: (parts) =>
    `Erwartet aus offenen Deals: ${germanList(
      parts.map(({ value, weighted, count }) =>
        weighted === undefined ? `${value} aus ${deals(count)}` : `${weighted} gewichtet (${value} aus ${deals(count)})`,
      ),
    )}.`,
  noForecast: (explanation) => `Keine offenen Deals gefunden. Gesucht wurde: ${explanation}`,
}
