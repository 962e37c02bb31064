import type { EntityName } from '#contracts/entities.ts'

/** Why a question is not answered. */
export type DeclineReason =
  | { reason: 'sayWhat' }
  | { reason: 'noQuestion' }
  | { reason: 'leansOnLost' }
  | { reason: 'pointsNowhere'; word: string }
  | { reason: 'cannotApply' }
  | { reason: 'unknownWords'; words: readonly string[] }
  | { reason: 'notUnderstood' }
  | { reason: 'whichPeriodBefore' }
  | { reason: 'onlyALead'; name: string }
  | { reason: 'partlyUnderstood'; words: readonly string[] }
  /** What was understood, in words; two of its conditions no record meets at once. */
  | { reason: 'contradiction'; said: string }
  | { reason: 'noOther'; entity: EntityName }
  | { reason: 'groupsShown' }
  | { reason: 'notInList'; count: number; of: number | undefined }
  | { reason: 'nothingBefore' }
  | { reason: 'noSuchQuestion' }
  | { reason: 'noCondition' }
  | { reason: 'nothingMore' }
  | { reason: 'allShown'; total: number }
  | { reason: 'tooFar'; most: number }
  | { reason: 'beyond'; topic: string }
  | { reason: 'write' }
  | { reason: 'greeting' }
  | { reason: 'thanks' }
  /** Fields that whoever asks does not see, as `contacts.phone`. */
  | { reason: 'notShown'; fields: readonly string[] }

/** What is said of the conversation itself: declines, questions back, several answers. */
export interface DialoguePhrases {
  decline(reason: DeclineReason): string
  /** Questions that could be asked instead, after a reason. */
  instead(examples: readonly string[]): string
  /** What is ranked first, found before the question is asked of it. */
  rankedIs(said: string, found: string): string
  whichOne(name: string): string
  /** A place that could be either, as it is said in a sentence. */
  theCity(name: string): string
  theState(name: string): string
  whichOther(name: string): string
  noSuchValue(name: string): string
  nobodyCalled(name: string): string
  unknownName(name: string): string
  /** More questions came than are answered at a time. */
  tooMany(most: number, left: number): string
  tooManyRelated(most: number, entity: EntityName): string
}
