import { germanCommonWords } from './de-common-words.ts'
import { germanConcepts, germanMovements } from './de-concepts.ts'
import { germanCues } from './de-cues.ts'
import { germanDialogue } from './de-dialogue.ts'
import { germanExamples, germanFollowUpExamples, germanTimeExamples } from './de-examples.ts'
import { germanFields, germanGenericFigures, germanMeasures } from './de-fields.ts'
import { germanFunctionWords } from './de-function-words.ts'
import { germanCustomers, germanEntities, germanPlural, germanPlurals } from './de-nouns.ts'
import { germanStates, germanVerbs } from './de-states.ts'
import { germanTime } from './de-time.ts'
import { forms } from './inflect.ts'
import type { Vocabulary } from './vocabulary.ts'

/** German. */
export const german: Vocabulary = {
  language: 'de',
  plural: germanPlural,
  irregularPlurals: germanPlurals,
  entities: germanEntities,
  customers: germanCustomers,
  genericFigures: germanGenericFigures,
  labelEndings: { date: 'datum|tag|date', number: 'anzahl|zahl|menge|count', choice: 'art|typ' },
  fields: germanFields,
  measures: germanMeasures,
  states: germanStates,
  verbs: germanVerbs,
  denials: 'un|nicht',
  lapsed: forms('abgelaufen|verstrichen|vorbei|in der vergangenheit|ueberschritten|überschritten'),
  cues: germanCues,
  commonWords: germanCommonWords,
  concepts: germanConcepts,
  movements: germanMovements,
  ...germanFunctionWords,
  ...germanTime,
  dialogue: germanDialogue,
  examples: germanExamples,
  timeExamples: germanTimeExamples,
  followUpExamples: germanFollowUpExamples,
}
