import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { compileLexicon } from './lexicon.ts'

/** The compiled vocabulary of a language. */
export const lexiconOf = perLanguage(compileLexicon)
