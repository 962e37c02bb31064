import type { DateTime } from 'luxon'
import { unquoted } from '#backend/modules/planner/commands/message.ts'
import type { WhenWords } from './when.ts'

/** A message that is being said in other words. */
export interface Wording {
  /** What its marks stand for; free texts are added to them, so that nothing in them is read. */
  quotes: string[]
  now: DateTime
  times: WhenWords
}

/** Stands for a point that ends no sentence, as in "5. Oktober". */
export const heldPoint = '\u{E000}'

/** A mark for a text that is taken as it stands. */
export function aside(text: string, { quotes }: Pick<Wording, 'quotes'>): string {
  quotes.push(unquoted(text, quotes).replaceAll(heldPoint, '.').replace(/\s+/g, ' ').trim())
  return `⟦${quotes.length - 1}⟧`
}

/** A sentence in other words, or undefined where it is nothing of the kind. */
export type Rewording = (said: string, wording: Wording) => string | undefined

/** A pattern of a whole sentence and what it says. */
export type Saying = readonly [RegExp, (groups: readonly string[], wording: Wording) => string | undefined]

/** A saying of a whole sentence; `_` in the pattern stands for any words. */
export function saying(pattern: string, words: Saying[1]): Saying {
  return [new RegExp(`^${pattern.replaceAll('_', '(.+?)')}$`, 'iu'), words]
}

/** The first saying that a sentence is. */
export function firstOf(sayings: readonly Saying[]): Rewording {
  return (said, wording) => {
    for (const [pattern, words] of sayings) {
      const match = pattern.exec(said)
      const other =
        match === null
          ? undefined
          : words(
              [...match].slice(1).map((group) => group ?? ''),
              wording,
            )
      if (other !== undefined) return other
    }
    return undefined
  }
}
