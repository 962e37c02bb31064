import { type TaskWords, taskSaid } from './tasks.ts'
import { firstOf, type Saying, saying, type Wording } from './wording.ts'

const words: TaskWords = {
  priority: (part) => {
    const said = /^(?:with )?(?:an? )?(?:prio(?:rity)?:? )?(high|medium|low|normal|urgent|top|highest)(?: prio(?:rity)?)?$/i.exec(part)?.[1]?.toLowerCase()
    return said === undefined ? undefined : /^(?:top|highest)$/.test(said) ? 'high' : said
  },
  owner: /^(?:for|assigned to|assign (?:it|this) to|owner:?) (me|\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*){0,2})$/u,
  behind: /^(?:about|with|to|for|regarding|re|and|at|in|because|so|from|before|after|concerning)\b.+$/i,
  title: (what) =>
    what
      .replace(/^(?:(?:so )?(?:that )?(?:i|we) (?:don't|do not) forget )?(?:to|that i(?: should| need to| have to)?|that we)\s+/i, '')
      .replace(/^(?:i|we) (?:must|have to|need to|should|want to|will|'ll|has to)(?: to)? /i, '')
      .replace(/^(?:about|called|named|titled|saying|:|for(?= \p{Ll}\S* \S+ \S))\s+/u, ''),
}

const noun = '(?:task|to-?do|reminder|action item)'
const toCall =
  /^(?:call|ring|phone|e?-?mail|write|send|visit|meet|follow|check|prepare|order|book|ask|pay|buy|get|talk|speak|finish|review|update|chase|promised|have|told)\b/i
const make =
  "(?:(?:(?:i|we) (?:need|want|could use|would like|'d like))|create|add|make|pop|drop|do|set up|set|put|put in|stick|log|open|enter|write|schedule|have|get|start|raise|file|note|new)"
const mine = '(?: (?:for me|for myself|(?:in|on|to) (?:my|the) (?:to-?do )?list|in))*'
const priority = '(?:(high|low|medium|normal|urgent|top)(?:[ -]prio(?:rity)?)? )?'
const person = "(\\p{Lu}[\\p{L}'-]*(?: \\p{Lu}[\\p{L}'-]*){0,2})"
const list = '(?:(?:my|the|our) )?(?:to-?do )?(?:list|to-?dos?|tasks?|plate)'

const task = (what: string, given: Parameters<typeof taskSaid>[1], wording: Wording) => taskSaid(what, given, words, wording)
const important = (said: string) => (said === '' ? {} : { priority: said.toLowerCase() === 'top' ? 'high' : said.toLowerCase() })
/** People are called by capitals; "for audits" is what it is for. */
const isPerson = (said: string) => /^\p{Lu}/u.test(said)

const sayings: readonly Saying[] = [
  saying(
    `${make}(?: me| us)?(?: an?| one| another)?(?: new)? ${priority}${noun}${mine} (?:for|to) ${person}(?:,? to|:|,) _`,
    ([high = '', who = '', what = ''], wording) => (isPerson(who) ? task(what, { owner: who, ...important(high) }, wording) : undefined),
  ),
  saying(
    `${make}(?: me| us)?(?: an?| one| another)?(?: new)? ${priority}${noun}${mine}(?:,? so (?:that )?i (?:don't|do not|won't) forget)?(?: (?:to|called|named|titled|saying|about|for me to)\\b|:|,|(?= ))\\s*_`,
    ([high = '', what = ''], wording) => (beginsAnew(what) ? task(withoutForgetting(what), important(high), wording) : undefined),
  ),
  saying(`(?:assign|give) ${person} (?:an?|the|one)(?: new)? ${priority}${noun}(?: to|:|,) _`, ([who = '', high = '', what = ''], wording) =>
    isPerson(who) ? task(what, { owner: who, ...important(high) }, wording) : undefined,
  ),
  saying(`(?:remind|ping|nudge|alert) (?:me|myself)(?: (?:to|that i (?:have|need) to|that|about)\\b|:|,|(?= ))\\s*_`, ([what = ''], wording) =>
    /^(?:which|what|who|how|when|where|why|of (?:the|what))\b/i.test(what) ? undefined : task(what, { owner: 'me' }, wording),
  ),
  saying(`make sure (?:that )?(?:i|we) (?:remember to |don't forget to |do not forget to )?_`, ([what = ''], wording) =>
    toCall.test(what) ? task(what, { owner: 'me' }, wording) : undefined,
  ),
  saying(`(?:don't|do not) let me forget(?: to|:|,| about| that i (?:have|need) to)? _`, ([what = ''], wording) => task(what, { owner: 'me' }, wording)),
  saying(`(?:task|reminder|rem)(?: (?:for )?${person})?: _`, ([who = '', what = ''], wording) => task(what, who === '' ? {} : { owner: who }, wording)),
  saying(`(?:todo|to-do)(?: for ${person})?(?::|,|(?= ))\\s*_`, ([who = '', what = ''], wording) =>
    /^(?:lists?|items?|tasks?|for|of|by|in|with|that|due|overdue|count|from|on|this|next|last|are|is|without)\b/i.test(what)
      ? undefined
      : task(what, who === '' ? {} : { owner: who }, wording),
  ),
  saying(
    `_,? (?:and )?(?:(?:can|could) you )?(?:please )?(?:(?:put|add|stick|write|note) (?:that|it|this)(?: down)?(?: (?:on|to|in|onto) ${list})|(?:put|set|add|create|make|schedule)(?: me)? an? (?:reminder|task|to-do)(?: in| for (?:that|it|this|me))*)(?: for me)?`,
    ([what = ''], wording) => (toCall.test(what.replace(/^i\s+/i, '')) ? task(what.replace(/^i\s+/i, ''), { owner: 'me' }, wording) : undefined),
  ),
]

/** "A task board", "a task force for Jonas" and the like make no task. */
function beginsAnew(what: string): boolean {
  // Whose it is and what it is called is said apart: "… on Olga's plate: 'Draw icons', …"
  if (/^(?:on|onto|to|in|for)\b.*⟦/i.test(what)) return false
  return !/^(?:boards?|lists?|overview|summary|reports?|counts?|history|views?|tables?|charts?|stat(?:istic)?s|details?|info|management|names?|forces?|types?|status(?:es)?|templates?|with|from|in|of|by|on the|is|are|as)\b/i.test(
    what,
  )
}

/** "For tomorrow so I don't forget to email Noor": the day, and what is to be done. */
function withoutForgetting(what: string): string {
  return what.replace(/,? so (?:that )?i (?:don't|do not|won't) forget (?:to )?/i, ' ')
}

/** "I have to call Bo on Friday. Make it a task": what was said before is to be done. */
export const madeTask = firstOf([
  saying(
    `([^.?!;]{5,120})[.?!;,] (?:please |can you |could you |and )*(?:make|turn) (?:it|that|this) (?:into )?(?:a|my) (?:task|reminder|to-do)(?: for me)?(?:,? please)?`,
    ([said = ''], wording) => {
      const what = said.replace(
        /^(?:(?:can|could) you )?(?:please )?(?:make sure (?:that )?)?(?:i|we) (?:(?:have|need|want) to |must |should |remember to )?/i,
        '',
      )
      return toCall.test(what) ? task(what, { owner: 'me' }, wording) : undefined
    },
  ),
])

/** "Remind me to send the quote on Friday", "task: call Olamide, Fri 9am, high". */
export const englishTask = firstOf(sayings)
