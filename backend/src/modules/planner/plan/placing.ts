import { addConstraint, attach, type Item, nounAhead, type ParseState } from './parse-state.ts'
import type { Attachment, Phrase } from './phrase.ts'

/** What was said before a noun, or before this place, belongs to it, else to whatever has it. */
export function flushPending(state: ParseState, phrase: Phrase, until = Number.POSITIVE_INFINITY): void {
  const pending = state.pending.filter(({ at }) => at < until)
  state.pending = state.pending.filter(({ at }) => at >= until)
  for (const make of pending) {
    const attachment = make(phrase)
    if (attachment !== undefined && attachment.cost < 3) {
      addConstraint(state, phrase, attachment.constraint)
      state.cost += attachment.cost * 0.3
    } else if (attach(state, make) === undefined) state.pending.push(make)
  }
}

/** Attaches now, or waits for the noun that it describes. */
export function place(state: ParseState, item: Item, said: (phrase: Phrase) => Attachment | undefined, hold = true): void {
  state.negated = false
  const make = Object.assign(
    (phrase: Phrase) => {
      const attachment = said(phrase)
      if (attachment !== undefined) attachment.constraint.at ??= item.index
      return attachment
    },
    { at: item.index },
  )
  if ((hold && nounAhead(state, item.index) && !state.grouping && state.pending.length < 8) || state.phrases.length === 0) {
    state.pending.push(make)
    return
  }
  if (attach(state, make) === undefined) state.pending.push(make)
}
