import type { EntityName } from '#contracts/entities.ts'
import { englishEntity, englishList, englishNumber, englishSubject, upperFirst } from './en-nouns.ts'
import { englishTimes } from './en-times.ts'
import type { Movement, MovementPhrases } from './movement-phrases.ts'
import type { Subject } from './phrase-book.ts'

const { bucket, upToBucket } = englishTimes
const whose = (who: string) => (who === '' ? '' : `${who}: `)
const named = (what: { subject: Subject } | { label: string }) => ('subject' in what ? englishSubject(what.subject, 2) : what.label)
const noun = (what: { entity: EntityName } | { label: string }) => ('entity' in what ? englishEntity(what.entity, 2) : what.label.toLowerCase())

function moving({ direction, points, percent }: Movement): string {
  if (direction === 0) return 'unchanged'
  const way = direction > 0 ? 'up' : 'down'
  if (points !== undefined) return `${way} ${points} points`
  return percent === undefined ? way : `${way} ${percent}%`
}

const deals = (count: number) => `${englishNumber(count)} ${count === 1 ? 'deal' : 'deals'}`

export const englishMovements: MovementPhrases = {
  changeOf: (what) => `Change of ${named(what).toLowerCase()}`,
  columns: { running: 'Running total', change: 'Change', changeRatio: 'Change in %' },
  upTo: (who, moment) => `${whose(who)}${moment.value} ${upToBucket(moment.bucket, moment.unit)}`,
  only: (who, moment) => `${whose(who)}${moment.value} in ${bucket(moment.bucket, moment.unit)} and none in the other`,
  against: (who, now, before, movement) =>
    `${whose(who)}${now.value} in ${bucket(now.bucket, now.unit)} against ${before.value} in ${bucket(before.bucket, before.unit)}, ${moving(movement)}`,
  moved: (what, sentences, more) => `${upperFirst(named(what))}: ${sentences.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
  meanOf: (what) => `Average ${noun(what)}`,
  mean: ({ what, per, said }) => `Average ${noun(what)} per ${'bucket' in per ? per.bucket : per.field.label.toLowerCase()}: ${englishList(said)}.`,
  meanValue: (value, total, groups) => `${value} (${total} over ${groups})`,
  ratioOf: ([first, second], entity) => `Ratio of ${first} to ${second} ${englishEntity(entity, 2)}`,
  ratio: ({ counts, states, entity, ratio }) =>
    `${englishNumber(counts[0])} ${states[0]} to ${englishNumber(counts[1])} ${states[1]} ${englishEntity(entity, 2)}${ratio === null ? '' : `: ${englishNumber(ratio)} to 1`}.`,
  forecastTitle: (unit) => (unit === undefined ? 'Forecast' : `Forecast by ${unit}`),
  forecast: (parts) =>
    `Expected from open deals: ${englishList(
      parts.map(({ value, weighted, count }) =>
        weighted === undefined ? `${value} in ${deals(count)}` : `${weighted} weighted (${value} in ${deals(count)})`,
      ),
    )}.`,
  noForecast: (explanation) => `There are no open opportunities for that. I looked for: ${explanation}`,
}
