import type { EntityName } from '#contracts/entities.ts'
import { dativeSubject, germanEntity, germanList, germanNone, germanNumber, germanSubject, listWithMore, upperFirst } from './de-nouns.ts'
import { fieldBy } from './de-paths.ts'
import { units } from './de-times.ts'
import type { FigurePhrases } from './figure-phrases.ts'

const oneGroup = 'eine weitere Gruppe'
const counted = (entity: EntityName, count: number) => ` ${germanEntity(entity, count)}`

export const germanFigures: FigurePhrases = {
  names: {
    revenue: 'Umsatz',
    unitsSold: 'Verkaufte Menge',
    conversionRate: 'Konversionsrate',
    lossRate: 'Verlustquote',
    share: 'Anteil',
    weightedValue: 'Gewichteter Wert',
    value: 'Wert',
    openDeals: 'Offene Deals',
    pipelineValue: 'Pipeline-Wert',
  },
  count: (subject, count) => `${germanNumber(count)} ${germanSubject(subject, count)}.`,
  figure: (label, values) => `${label}: ${germanList(values)}.`,
  nothingSummed: (label) => `${label}: 0; dazu passt kein Datensatz.`,
  nothingToCompute: 'Das lässt sich nicht berechnen: Kein Datensatz passt dazu.',
  days: 'Tage',
  none: 'keine Angabe',
  noValue: 'ohne Angabe',
  yes: 'ja',
  no: 'nein',
  shares: (shares, entity) =>
    `${germanList(
      shares.map(
        ({ percent, part, whole, counted: isCount }) =>
          `${germanNumber(Math.round(percent * 10) / 10)} % (${part} von ${whole}${isCount ? ` ${dativeSubject({ entity })}` : ''})`,
      ),
    )}.`,
  noShare: (entity) => `Kein Anteil zu berechnen: Dazu gibt es ${germanNone(entity, false)}.`,
  shareOf: (entity) => `Anteil der ${germanEntity(entity, 2)}`,
  by(what, groups) {
    const label = 'subject' in what ? upperFirst(germanSubject(what.subject, 2)) : what.label
    return `${label} nach ${germanList(groups.map((group) => ('bucket' in group ? units[group.bucket].one : fieldBy(group.field))))}`
  },
  group: (name, value, of, share) => `${name} (${value}${of === undefined ? '' : counted(of.entity, of.count)}${share === undefined ? '' : `, ${share}`})`,
  tiedGroups: (told, more) => `${listWithMore(told, more, oneGroup)}${more > 0 ? ', gleichauf' : ''}.`,
  groups: ({ lead, lately, items, more, shown, total }) =>
    `${lead}: ${lately ? 'zuletzt ' : ''}${listWithMore(items, more, oneGroup)}${shown < total ? ` (${germanNumber(shown)} von ${germanNumber(total)} angezeigt)` : ''}.`,
  series: (label, currency) => `${label} (${currency})`,
  pipelineTitle: 'Pipeline nach Phase',
  pipeline: (count, money) => `${germanNumber(count)} ${germanSubject({ entity: 'opportunities', state: 'open' }, count)}, insgesamt ${germanList(money)}.`,
  noDeals: (explanation) => `Keine Deals gefunden. Gesucht wurde: ${explanation}`,
}
