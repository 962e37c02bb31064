import type { ModelMessage } from 'ai'
import type { Confidential } from '../tools/confidential/confidential.ts'
import { showsWords, toPrompt } from '../tools/reading/planned.ts'
import { boundedHistory, showsRecords } from './history.ts'
import { contextOf } from './instructions.ts'
import { createMasking, type Masking, namesIn } from './masking.ts'
import type { HistoryMessage, ModelRequest } from './model-runner.types.ts'

export interface Prompt {
  messages: ModelMessage[]
  masking: Masking | undefined
  /** What the person wrote. */
  said: string[]
}

export interface PromptParts {
  history: readonly HistoryMessage[]
  recalled: readonly string[]
  confidential: Confidential
  maskPeople: boolean
}

const withheld = '(An answer with records, which is not repeated here.)'

/** The messages of a turn; what of them somebody outside may have written taints it. */
export function toMessages({ message, context, turn, planned }: ModelRequest, { history, recalled, confidential, maskPeople }: PromptParts): Prompt {
  const { actor, now, timeZone, currency } = context
  const masking = maskPeople ? createMasking() : undefined
  const mask = (words: string) => masking?.mask(words) ?? words
  const earlier = boundedHistory(history)
  if (earlier.some(showsRecords)) turn.readUntrusted('history')
  if (recalled.length > 0) turn.readUntrusted('memory')
  if (planned !== undefined && showsWords(planned)) turn.readUntrusted('planner')
  masking?.learn(namesIn(planned?.parts.map((part) => (part.type === 'data-table' ? part.data.rows : [])) ?? [], planned?.plan?.entity))
  const reading = planned === undefined ? undefined : toPrompt(planned, confidential)
  const about = contextOf({
    actor,
    now,
    timeZone,
    currency,
    marker: turn.marker,
    recalled,
    planned: reading === undefined ? undefined : JSON.stringify(reading),
  })
  return {
    messages: [
      // An answer may have shown its reader what no prompt may hold.
      ...earlier.map((one): ModelMessage => ({ role: one.role, content: showsRecords(one) && !confidential.isEmpty ? withheld : mask(one.text) })),
      { role: 'user', content: mask(`${about}\n\nThe message:\n${message}`) },
    ],
    masking,
    said: [message, ...earlier.flatMap(({ role, text }) => (role === 'user' ? [text] : []))],
  }
}
