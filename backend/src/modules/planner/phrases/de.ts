import { germanColumns } from './de-columns.ts'
import { germanDialogue } from './de-dialogue.ts'
import { germanExplanation } from './de-explanation.ts'
import { germanFigures } from './de-figures.ts'
import { germanMovements } from './de-movements.ts'
import { germanNote } from './de-notes.ts'
import { germanFormat, germanList, germanNouns, upperFirst } from './de-nouns.ts'
import { germanRecords } from './de-records.ts'
import { germanTimes } from './de-times.ts'
import { createFormatter } from './formatter.ts'
import type { PhraseBook } from './phrase-book.ts'

export const germanPhrases: PhraseBook = {
  language: 'de',
  format: (timeZone) => createFormatter(germanFormat, timeZone),
  list: germanList,
  upperFirst,
  nouns: germanNouns,
  times: germanTimes,
  records: germanRecords,
  figures: germanFigures,
  movements: germanMovements,
  dialogue: germanDialogue,
  note: germanNote,
  columns: germanColumns,
  explanation: (query, _inEnglish, known) => germanExplanation(query, known),
}
