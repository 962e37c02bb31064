import { type EntityName, entities } from '#contracts/entities.ts'
import type { DeclineReason, DialoguePhrases } from './dialogue-phrases.ts'
import { englishEntity, englishList } from './en-nouns.ts'
import { fewOf } from './few-of.ts'

const topics: Readonly<Record<string, string>> = {
  forecast: 'What will happen is not recorded. What is planned is: ask for the forecast, or for the deals that are expected to close then.',
  churn: 'Churn and customer health are not computed yet; who ordered, how much and when can be asked.',
  recommendations: 'I answer from the records; I do not give advice.',
  capabilities:
    'I answer questions about the records in this CRM: contacts, companies, leads, deals, products, orders, tasks, meetings, notes and e-mails; by name, place, time, amount, owner, stage, tag or custom field, as lists, counts, sums, averages, shares, rankings and charts.',
  birthdays: 'I cannot look for birthdays yet, which come every year; the year of birth can be asked, as in “contacts born in 1980”.',
  quality: 'Nothing in the records says that.',
}

const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`)

/** "Phone of contacts". */
function fieldOf(path: string): string {
  const [name = '', ...steps] = path.split('.')
  const entity = entities[name as EntityName]
  const label = entity.fields[steps[0] ?? '']?.label ?? steps.at(-1)?.replaceAll('_', ' ') ?? ''
  return `${label} of ${entity.labelPlural.toLowerCase()}`
}

/** What of a question whoever asks does not see. */
export function englishNotShown(fields: readonly string[]): string {
  return `${englishList(fields.map(fieldOf))} ${fields.length === 1 ? 'is' : 'are'} not available to your role.`
}

function declined(why: DeclineReason): string {
  switch (why.reason) {
    case 'notShown':
      return englishNotShown(why.fields)
    case 'sayWhat':
      return 'Then say what you meant, for example the right name, place or time.'
    case 'noQuestion':
      return 'There is no question in that.'
    case 'leansOnLost':
      return 'This leans on the question before it, which I could not answer.'
    case 'pointsNowhere':
      return `I could not tell what “${why.word}” means after the answer before.`
    case 'cannotApply':
      return 'I could not apply that to the answer before.'
    case 'unknownWords':
      return why.words.length === 1
        ? `I do not know what ${quoted(why.words)[0]} means here: it is neither a word I understand nor a name or value in your records.`
        : `I do not know what ${englishList(fewOf(quoted(why.words), 'others'))} mean here: they are neither words I understand nor names or values in your records.`
    case 'notUnderstood':
      return 'I could not tell what is asked.'
    case 'whichPeriodBefore':
      return 'I do not know which period that would be before.'
    case 'onlyALead':
      return `I know “${why.name}” only as a lead, of which that is not recorded.`
    case 'partlyUnderstood':
      return `I understood only part of that${why.words.length === 0 ? '' : ` (not ${fewOf(quoted(why.words), 'more').join(', ')})`}, and would rather not guess.`
    case 'contradiction':
      return `These conditions contradict each other: “${why.said}”. No record can meet both, so one of them must mean something else.`
    case 'noOther':
      return `I know no other ${englishEntity(why.entity, 1)} of that name.`
    case 'groupsShown':
      return 'That answer shows groups, not records; name the one you mean.'
    case 'notInList':
      return `The answer before shows ${why.count === 1 ? 'one record' : `${why.count} records`}${why.of === undefined ? '' : ` of ${why.of}`}.`
    case 'nothingBefore':
      return 'There is no answer before this one to go back to.'
    case 'noSuchQuestion':
      return 'There was no such question in this conversation.'
    case 'noCondition':
      return 'There is no condition left to take away.'
    case 'nothingMore':
      return 'There is nothing more to show.'
    case 'allShown':
      return `That is all: ${why.total.toLocaleString('en')} in all, and they have been shown.`
    case 'tooFar':
      return `I turn pages up to the ${why.most.toLocaleString('en')}th record; narrow the question to see the others.`
    case 'beyond':
      return topics[why.topic] ?? `I only answer from the records in this CRM, and ${why.topic} is not among them.`
    case 'write':
      return 'I did not understand what is to be changed, so nothing is. Say it in one sentence: what to change, of which records, and to what.'
    case 'thanks':
      return 'You are welcome.'
    case 'greeting':
      return 'Hello! I answer questions about the records in this CRM.'
  }
}

export const englishDialogue: DialoguePhrases = {
  decline: declined,
  instead: (examples) => ` You can ask, for example: ${englishList(quoted(examples))}.`,
  rankedIs: (said, found) => `The ${said}: ${found}`,
  whichOne: (name) => `Which “${name}” do you mean?`,
  theCity: (name) => `the city of ${name}`,
  theState: (name) => `the state of ${name}`,
  whichOther: (name) => `Which other “${name}” do you mean?`,
  noSuchValue: (name) => `I find no “${name}”. Do you mean one of these?`,
  nobodyCalled: (name) => `Nobody here is called “${name}”. Whom do you mean?`,
  unknownName: (name) => `I do not know “${name}”. Do you mean one of these?`,
  tooMany: (most, left) => `I answer ${most} questions at a time; ask the other ${left === 1 ? 'one' : left} again.`,
  tooManyRelated: (most, entity) =>
    `That is about more than ${most.toLocaleString('en')} ${entity.replaceAll('_', ' ')}. Narrow them by an owner, a place or a time.`,
}
