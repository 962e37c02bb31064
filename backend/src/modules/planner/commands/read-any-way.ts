import { withOwners } from './anaphora.ts'
import { coveredInstruction } from './covering.ts'
import type { Lexis } from './lexis.ts'
import { readMessage, type Sentence, type SpokenMessage } from './message.ts'
import { type Command, readCommand } from './read-command.ts'
import { inPlainWords } from './verbs.ts'
import { type Reworded, reworded } from './wordings/reword.ts'
import { withTypingMended, withVerbMended } from './wordings/typing.ts'

/** A message as it was understood. */
export interface Reading {
  command: Exclude<Command, undefined>
  /** With the quotations of the wording that was understood. */
  lexis: Lexis
  sentences: readonly Sentence[]
  /** Understood in other words than it was said in. */
  isReworded: boolean
}

/**
 * Reads a message as it is said, else in the plain words for what it says, else with its slips of the pen mended.
 * @param spoken undefined where it has no word that plain instructions have
 */
export function readAnyWay(message: string, spoken: SpokenMessage | undefined, other: Reworded | undefined, lexis: Lexis): Reading | undefined {
  const effort = { ...lexis.effort }
  const read = (words: SpokenMessage, isReworded: boolean): Reading | undefined => {
    const known = { ...lexis, quotes: words.quotes, effort: { ...effort } }
    const command = readCommand(words.sentences, known)
    return command === undefined ? undefined : { command, lexis: known, sentences: words.sentences, isReworded }
  }
  const readBoth = (words: SpokenMessage | undefined, meant: Reworded | undefined, isReworded: boolean): Reading | undefined => {
    const otherwise = meant === undefined ? undefined : read(meant, true)
    if (meant !== undefined && isDone(otherwise) && tellsMore(meant, words)) return otherwise
    const asSaid = words === undefined ? undefined : read(words, isReworded)
    return isDone(asSaid) ? asSaid : isDone(otherwise) ? otherwise : (asSaid ?? otherwise)
  }
  const reading = readBoth(spoken, other, false)
  if (isDone(reading)) return reading
  const covered = spoken === undefined ? undefined : readCovered(spoken, lexis, { ...effort })
  if (covered !== undefined) return covered
  // A question is no mistyped instruction.
  if (reading === undefined && spoken !== undefined && withVerbMended(message) === undefined) return undefined
  const mended = withTypingMended(message, wordsInUse(lexis))
  const again = mended === undefined ? undefined : readBoth(readMessage(mended), reworded(mended, lexis.now, 'en'), true)
  if (isDone(again)) return again
  // What says nothing of records and is no plain instruction is a question after all.
  return spoken === undefined && lexis.context.language !== 'de' ? undefined : reading
}

const asksFor =
  /^(?:(?:please|hey|hi|hello|ok|okay|so|also|and),? )*(?:(?:can|could|may) \S|(?:would|will) (?:you|somebody|someone|anybody|it be)\b|is it (?:ok|okay|possible)\b)|[,;] (?:so |and )?(?:can|could|would|will) (?:you|we|somebody|someone)\b/i

/** Read by all its words together, whatever order they are in. */
function readCovered({ sentences, quotes }: SpokenMessage, lexis: Lexis, effort: Lexis['effort']): Reading | undefined {
  // "Should Akira handle Parker Harris?" asks for an opinion.
  if (sentences.some(({ text, isQuestion }) => isQuestion && !asksFor.test(text))) return undefined
  const text = sentences.map((sentence) => withOwners(inPlainWords(sentence.text), lexis)).join(' | ')
  const instruction = coveredInstruction(text, { ...lexis, quotes })
  const known = { ...lexis, quotes, effort }
  const meant = instruction === undefined ? undefined : [{ text: instruction, isQuestion: false }]
  const command = meant === undefined ? undefined : readCommand(meant, known)
  return command?.kind === 'command' && meant !== undefined ? { command, lexis: known, sentences: meant, isReworded: true } : undefined
}

const isDone = (reading: Reading | undefined): boolean => reading?.command.kind === 'command'

/** What is new is told apart from its name there, and a text that has no quotation marks from what is around it. */
function tellsMore({ text }: Reworded, spoken: SpokenMessage | undefined): boolean {
  return (
    /^(?:create a .*task|add a new \p{L}+) called /u.test(text) ||
    (spoken?.quotes.length === 0 && /^(?:send an email|add a (?:note|call|visit)) .*⟦\d+⟧$/.test(text))
  )
}

/** Names of one word that what is mistyped may be: of stages, and of where tasks stand. */
function wordsInUse({ world }: Lexis): string[] {
  return [...new Set([...world.stages.map(({ name }) => name), ...world.statuses])].filter((name) => !name.includes(' '))
}
