import type { ToolCall } from '#backend/kernel/tool.ts'
import type { NewSchedule } from '#contracts/automations.ts'
import type { AnswerLanguage } from '#contracts/chat.ts'
import { readTimes } from './schedule-words.ts'

/** A message that asks for a schedule, as the change it proposes. */
export interface ScheduleRequest {
  language: AnswerLanguage
  call: ToolCall & { input: Record<string, unknown> & Pick<NewSchedule, 'question' | 'when' | 'deliver'> }
}

const byMail = /[\s,]*\b(?:to me )?(?:by|per|via|in an?)\s+(?:e-?mail|mail)\b(?: to me)?/iu
const asks: readonly [AnswerLanguage, RegExp][] = [
  ['en', /^(?:please |can you |could you )?(?<verb>send|mail|e-?mail|show|tell|give|ask|report|remind me (?:of|about))\s+(?:me\s+)?(?<question>.+)$/iu],
  ['de', /^(?:bitte )?(?<verb>schicke?|sende|maile?|zeige?|nenne?|gib|frage?|berichte?|erinnere? mich an)\s+(?:mir\s+)?(?<question>.+)$/iu],
]
const longestTimes = 9

/**
 * "Every Monday at 8 send me the pipeline status", "send me the pipeline status every Monday at 8 by mail", "schick mir jeden Montag um 8 den
 * Pipeline-Status"; undefined for every other message.
 */
export function readScheduleRequest(message: string): ScheduleRequest | undefined {
  const text = message
    .trim()
    .replace(/[\s.!?]+$/u, '')
    .replace(/\s+/g, ' ')
  // Most messages say nothing of the kind, and are not worth trying all their words as times.
  if (text.length > 400 || !isExplicit(text)) return undefined
  const wantsMail = byMail.test(text)
  const words = text.replace(byMail, '').split(' ')
  const quoted = quotedWords(words)
  for (let length = Math.min(longestTimes, words.length - 1); length >= 1; length--) {
    for (let start = 0; start + length <= words.length; start++) {
      const when = words
        .slice(start, start + length)
        .join(' ')
        .replace(/,$/, '')
      if (quoted.slice(start, start + length).includes(true)) continue
      const times = readTimes(when)
      if (times === undefined || !isExplicit(when)) continue
      const rest = [...words.slice(0, start), ...words.slice(start + length)].join(' ').replace(/^[,:]\s*/, '')
      for (const [language, pattern] of asks) {
        const { verb = '', question } = pattern.exec(rest)?.groups ?? {}
        if (question === undefined) continue
        // "Show me the deals every Monday" could ask for what is there now; sending, or a verb after the times, cannot.
        if (!/^(?:send|mail|e-?mail|remind|schick|sende|maile|erinner)/iu.test(verb) && start !== 0) continue
        const deliver = wantsMail || /^(?:e-?mail|mail)/iu.test(verb) ? 'email' : 'chat'
        return { language, call: { tool: 'schedules.create', input: { question: question.replace(/^(?:den|die|das|the|a|an)\s+/iu, ''), when, deliver } } }
      }
    }
  }
  return undefined
}

/** Which words stand within quotation marks: they say what, and not when. */
function quotedWords(words: readonly string[]): boolean[] {
  let isOpen = false
  return words.map((word) => {
    const isQuoted = isOpen || /^["“„'‘«]/u.test(word)
    isOpen = isQuoted && !/["”“'’»][.,:;!?]*$/u.test(word)
    return isQuoted
  })
}

/** A day of the week alone is when something is, not how often. */
function isExplicit(when: string): boolean {
  return /\b(every|each|daily|hourly|weekly|monthly|quarterly|weekdays|weekends|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|jede[nsr]?|täglich|stündlich|wöchentlich|monatlich|vierteljährlich|werktags|immer|\p{L}+tags|mittwochs)\b/iu.test(
    when,
  )
}

/** What is said with the proposal. */
export function scheduleSentence({ language, call: { input } }: ScheduleRequest): string {
  const { question, when, deliver } = input
  if (language === 'de')
    return `Ich werde ${when} fragen: „${question}“, und die Antwort ${deliver === 'email' ? 'mailen' : 'in einem Gespräch aufbewahren'}, sobald Sie zustimmen.`
  return `I will ask “${question}” ${when} and ${deliver === 'email' ? 'mail you the answer' : 'keep the answer in a conversation'} once you approve it.`
}
