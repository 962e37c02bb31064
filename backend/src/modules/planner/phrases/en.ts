import { englishDialogue } from './en-dialogue.ts'
import { englishExplanation } from './en-explanation.ts'
import { englishFigures } from './en-figures.ts'
import { englishMovements } from './en-movements.ts'
import { englishNote } from './en-notes.ts'
import { englishFormat, englishList, englishNouns, upperFirst } from './en-nouns.ts'
import { englishRecords } from './en-records.ts'
import { englishTimes } from './en-times.ts'
import { createFormatter } from './formatter.ts'
import type { PhraseBook } from './phrase-book.ts'

export const englishPhrases: PhraseBook = {
  language: 'en',
  format: (timeZone) => createFormatter(englishFormat, timeZone),
  list: englishList,
  upperFirst,
  nouns: englishNouns,
  times: englishTimes,
  records: englishRecords,
  figures: englishFigures,
  movements: englishMovements,
  dialogue: englishDialogue,
  note: englishNote,
  columns: (_query, columns) => [...columns],
  explanation: (_query, inEnglish, { names }) => englishExplanation(inEnglish, names),
}
