import type { EntityName } from '#contracts/entities.ts'
import { englishEntity, englishList, englishNumber, englishSubject, upperFirst } from './en-nouns.ts'
import type { FigurePhrases } from './figure-phrases.ts'

const counted = (entity: EntityName, count: number) => ` ${englishEntity(entity, count)}`

export const englishFigures: FigurePhrases = {
  names: {
    revenue: 'Revenue',
    unitsSold: 'Units sold',
    conversionRate: 'Conversion rate',
    lossRate: 'Loss rate',
    share: 'Share',
    weightedValue: 'Weighted value',
    value: 'Value',
    openDeals: 'Open opportunities',
    pipelineValue: 'Pipeline value',
  },
  count: (subject, count) => `${englishNumber(count)} ${englishSubject(subject, count)}.`,
  figure: (label, values) => `${label}: ${englishList(values)}.`,
  nothingSummed: (label) => `${label}: 0; nothing matches.`,
  nothingToCompute: 'There is nothing to compute that from: no record matches.',
  days: 'days',
  none: 'none',
  noValue: 'none',
  yes: 'yes',
  no: 'no',
  shares: (shares, entity) =>
    `${englishList(
      shares.map(
        ({ percent, part, whole, counted: isCount }) =>
          `${englishNumber(Math.round(percent * 10) / 10)}% (${part} of ${whole}${isCount ? counted(entity, 2) : ''})`,
      ),
    )}.`,
  noShare: (entity) => `There are no ${englishEntity(entity, 2)} to take a share of.`,
  shareOf: (entity) => `Share of ${englishEntity(entity, 2)}`,
  by(what, groups) {
    const label = 'subject' in what ? upperFirst(englishSubject(what.subject, 2)) : what.label
    return `${label} by ${groups.map((group) => ('bucket' in group ? group.bucket : group.field.label.toLowerCase())).join(' and ')}`
  },
  group: (name, value, of, share) => `${name} (${value}${of === undefined ? '' : counted(of.entity, of.count)}${share === undefined ? '' : `, ${share}`})`,
  tiedGroups: (told, more) => `${englishList(told)}${more > 0 ? ` and ${more} more, equally` : ''}.`,
  groups: ({ lead, lately, items, more, shown, total }) =>
    `${lead}: ${lately ? 'lately ' : ''}${englishList(items)}${more > 0 ? ` and ${englishNumber(more)} more` : ''}${shown < total ? ` (${shown} of ${englishNumber(total)} shown)` : ''}.`,
  series: (label, currency) => `${label} (${currency})`,
  pipelineTitle: 'Pipeline by stage',
  pipeline: (count, money) => `${englishNumber(count)} open ${count === 1 ? 'opportunity' : 'opportunities'} worth ${englishList(money)}.`,
  noDeals: (explanation) => `There are no opportunities for that. I looked for: ${explanation}`,
}
