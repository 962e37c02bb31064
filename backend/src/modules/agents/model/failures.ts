import { AppError } from '#backend/kernel/errors.ts'
import type { AnswerLanguage } from '#contracts/chat.ts'

/** How a loop of a model can end without an answer, beside what its provider does wrong. */
export type LoopEnd = 'steps' | 'tokens' | 'time' | 'length' | 'filter' | 'empty'

const loopSentences: Readonly<Record<AnswerLanguage, Readonly<Record<LoopEnd, string>>>> = {
  en: {
    steps: 'The language model kept looking things up without coming to an answer, and was stopped. Ask for less at a time.',
    tokens: 'The language model read more than one answer may, and was stopped. Ask for less at a time.',
    time: 'The language model took too long and was stopped. Ask again, or for less at a time.',
    length: 'The answer became too long and ends here. Ask for the rest, or for less at a time.',
    filter: 'The provider of the language model withheld the rest of this answer.',
    empty: 'The language model gave no answer. Ask again, or in other words.',
  },
  de: {
    steps: 'Das Sprachmodell hat immer weiter nachgeschlagen, ohne zu einer Antwort zu kommen, und wurde angehalten. Bitte weniger auf einmal fragen.',
    tokens: 'Das Sprachmodell hat mehr gelesen, als für eine Antwort vorgesehen ist, und wurde angehalten. Bitte weniger auf einmal fragen.',
    time: 'Das Sprachmodell hat zu lange gebraucht und wurde angehalten. Bitte noch einmal oder weniger auf einmal fragen.',
    length: 'Die Antwort wurde zu lang und endet hier. Bitte nach dem Rest oder nach weniger auf einmal fragen.',
    filter: 'Der Anbieter des Sprachmodells hat den Rest dieser Antwort zurückgehalten.',
    empty: 'Das Sprachmodell hat keine Antwort gegeben. Bitte noch einmal oder mit anderen Worten fragen.',
  },
}

/** Why a loop ended, to a person. */
export function loopSentence(end: LoopEnd, language: AnswerLanguage = 'en'): string {
  return loopSentences[language][end]
}

/** What a provider or a tool did wrong, to a person; what is not known keeps its message to the log. */
export function failureText(error: unknown, language: AnswerLanguage = 'en'): string {
  if (language === 'de') return error instanceof AppError ? (germanByCode[error.code] ?? germanUnknown) : germanUnknown
  return error instanceof AppError ? error.message : 'The language model did not answer as it should. Ask again in a moment.'
}

const germanUnknown = 'Das Sprachmodell hat nicht geantwortet, wie es sollte. Bitte gleich noch einmal fragen.'
const germanByCode: Partial<Record<AppError['code'], string>> = {
  RATE_LIMITED: 'Das Sprachmodell nimmt gerade keine weiteren Fragen an, oder das Budget dafür ist aufgebraucht. Bitte später noch einmal fragen.',
  UNAVAILABLE: 'Das Sprachmodell ist gerade nicht erreichbar. Bitte gleich noch einmal fragen.',
  UPSTREAM: 'Die Antwort des Sprachmodells brach ab oder war nicht zu lesen. Bitte gleich noch einmal fragen.',
}
