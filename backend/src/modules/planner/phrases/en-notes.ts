import { DateTime } from 'luxon'
import { entities } from '#contracts/entities.ts'
import { englishNotShown } from './en-dialogue.ts'
import { englishList } from './en-nouns.ts'
import type { Note, SharedKey, SimilarTest } from './notes.ts'

const keys: Readonly<Record<SharedKey, string>> = {
  email: 'the same e-mail address',
  phone: 'the same phone number',
  mobile: 'the same mobile number',
  name: 'the same name',
  nameAndOrganisation: 'the same name at the same organisation',
  domain: 'the same domain',
  sku: 'the same SKU',
}

const day = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' }).setLocale('en').toFormat('d LLLL yyyy')
const monthName = (month: number) => DateTime.fromObject({ year: 2000, month, day: 1 }).setLocale('en').toFormat('LLLL')
const sharedKeys = (shared: readonly SharedKey[]) =>
  `${englishList(
    shared.map((key) => keys[key]),
    'or',
  )}, whatever the case, accents and punctuation.`

function slotName(slot: string): string {
  return slot
    .replace(/^\w+:/, '')
    .replace(/^custom\./, '')
    .replaceAll('_', ' ')
}

function similarTest(test: SimilarTest): string {
  const known: Readonly<Record<string, string>> = { size: 'number of employees', 'organisation.industry': 'industry of its organisation' }
  const { field } = test
  const label = known[field] ?? (Object.values(entities).find(({ fields }) => fields[field] !== undefined)?.fields[field]?.label ?? field).toLowerCase()
  return 'value' in test ? `the same ${label} (${test.value})` : `${label} between ${test.low.toLocaleString('en')} and ${test.high.toLocaleString('en')}`
}

export function englishNote(note: Note): string {
  switch (note.note) {
    case 'aboutIsTenPercent':
      return 'About means within 10% either way.'
    case 'activity':
      return 'Activity is what was noted, planned, met about or mailed: notes, tasks, events and e-mails linked to the record.'
    case 'atRisk':
      return `At risk are open deals past their forecast close date, and those whose stage has not changed for ${note.days} days.`
    case 'bestLeads':
      return 'Best by the share of leads that were converted.'
    case 'bothInOneOrder':
      return 'Counted are the orders that hold both.'
    case 'boughtBoth':
      return 'Counted are the customers who bought both, in any order.'
    case 'closedIsWon':
      return 'Closed is taken as won.'
    case 'colleagues':
      return 'Colleagues are the other contacts of the same organisation.'
    case 'comparedWith':
      return `Compared with ${note.label}: ${sharedKeys(note.keys)}`
    case 'customersAre':
      return note.ordered ? `Customers here are the ${note.entity} that have ordered.` : `Customers here are your ${note.entity}.`
    case 'customerSince':
      return `${note.label} is a customer since the first order.`
    case 'dropped':
      return `${entities[note.entity].labelPlural} have no ${[...new Set(note.slots.map(slotName))].join(' or ')}, so that is left out.`
    case 'eachCurrencyAlone':
      return 'Each currency is ranked by itself.'
    case 'few':
      return `A few ${note.unit}s are taken for ${note.count}.`
    case 'firstOfSame':
      return `These are the first ${note.count} of them.`
    case 'fiscalYear':
      return `The fiscal year here starts in ${monthName(note.month)}.`
    case 'forecast':
      return 'A forecast is what the open deals are worth that are expected to close then; weighted is by their probability.'
    case 'kindByName':
      return `By ${note.text} I mean ${note.entity ?? 'organisations'} with “${note.word}” in their name.`
    case 'exceptions':
      return 'Shown are those for which it does not hold.'
    case 'inPipeline':
      return 'Only open opportunities are counted.'
    case 'inStage':
      return 'In a stage are the open opportunities; closed ones have left it.'
    case 'mentionsOnly':
      return 'I looked for notes that mention it; whether they praise or complain I cannot tell.'
    case 'mixedCurrencies':
      return 'Amounts in different currencies are ranked by number, without conversion.'
    case 'months':
      return `Taken as ${monthName(note.from)} to ${monthName(note.to)}.`
    case 'noCatalogue':
      return 'There is no product catalogue, so products are told apart by the description of their order lines.'
    case 'notShown':
      return englishNotShown(note.fields)
    case 'openTasks':
      return 'Finished tasks are left out.'
    case 'ofShown':
      return `Taken as those of ${note.label}.`
    case 'rankedByDeals':
      return note.state === undefined ? 'Ranked by the value of their opportunities.' : `Ranked by the value of ${note.state} opportunities.`
    case 'rankedByRevenue':
      return 'Ranked by revenue.'
    case 'recently':
      return `Recently means within the last ${note.days} days.`
    case 'sales':
      return 'Sales are the value of won opportunities.'
    case 'samePeriod':
      return `The same period is the year up to ${day(note.until)}.`
    case 'sameKeys':
      return `Taken for the same: ${sharedKeys(note.keys)}`
    case 'similar':
      return `Similar to ${note.label} means ${englishList(note.tests.map(similarTest))}.`
    case 'soon':
      return `Soon means within ${note.days} days.`
    case 'stalled':
      return `Stalled are open deals whose stage has not changed for ${note.days} days.`
    case 'takenAs':
      return `Taken as ${day(note.from)} to ${day(note.to)}.`
    case 'tooLittleKnown':
      return `Too little is known of ${note.label} to find others like it.`
    case 'weighted':
      return 'Weighted is by probability.'
    case 'wordsInText':
      return `I looked for the words of “${note.text}” in the text.`
  }
}
