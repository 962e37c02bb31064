import { readCreateWith } from './create-actions.ts'
import { type Fact, readFact } from './facts.ts'
import type { Lexis } from './lexis.ts'
import { clean, cuts, type Sentence } from './message.ts'
import { personsIn } from './people.ts'
import { announced, confirms, isInstruction, withoutCourtesies } from './polite.ts'
import { readActions } from './read-actions.ts'
import { recorded } from './stated.ts'
import type { Action } from './step.ts'

/** Instructions that hold whatever is so, or only if something is or is not. */
export interface Part {
  fact?: Fact
  /** Done when it is so; without a fact, in any case. */
  so: readonly Bound[]
  otherwise: readonly Bound[]
}

/** An action with what was said before it. */
export interface Bound {
  action: Action
  before: string
}

export type Command = { kind: 'command'; parts: readonly Part[] } | { kind: 'unread'; words: string } | undefined

const ifSo =
  /^(?:and |then )?(?:if (?:so|yes|they (?:do|have|are|did|is)|(?:he|she|it) (?:does|has|is|did|was)|i (?:do|have|did)|there (?:are|is)(?: any| some)?|that(?:'s| is) (?:the case|so|true)|it(?:'s| is) true|true|it has been|it was)|in that case|when so)\b[,:]?\s*(?:then )?(?:,\s*)?/i
const ifNot =
  /^(?:and |but |then )?(?:if (?:not|no|they (?:don't|haven't|aren't|didn't|do not|have not)|(?:he|she|it) (?:doesn't|hasn't|isn't|didn't)|(?:he|she|it|they|i) (?:did|do|does|has|have|is|are) not|i (?:haven't|don't|didn't|have not|do not)|there (?:aren't|isn't|are none|are not)(?: any)?|none|nothing|that(?:'s| is) not the case)|otherwise|or else|else)\b[,:]?\s*(?:then )?(?:,\s*)?/i
const checking =
  /^(?:check|see|find out|verify|look(?: up)?|look into|confirm|tell me|need to check|have a look|i (?:need|want) to (?:check|know|see)|let me know|know)(?: and see| and tell me| up)?(?: (?:if|whether) (.+))?$/i
/** It speaks of what was just to be made or sent. */
const tellsMore =
  /^(?:it's|it is|it should|it will|it must|this is|that's|they're|they are|he's|he is|she's|she is|they|he|she|title it|call it|name it|tell them|say|assign (?:them|it|him|her|to)|give (?:them|it) to|with|the (?:subject|title|body|text|name)|use|invite|make it|put it|set it|for|on|due)\b/i
const checkingThat = /^(?:check|see|verify|look|have a look|confirm|find out|look into (?:it|that)|check (?:that|it|this|on that))$/i

/** Somebody was spoken of whom the instruction neither names nor means by "them": what it leaves out may have been meant. */
function leavesOut(text: string, before: string, lexis: Lexis): boolean {
  if (limits(text, before)) return true
  if (recorded(withoutCourtesies(text), before.split(/\s*\|\s*/).at(-1) ?? '') !== undefined) return false
  if (before === '' || /\b(?:them|they|their|him|her|his|it|its|those|these|that|this|our|ones|attendees|sender|everyone|make|do)\b/i.test(text)) return false
  if (/^(?:re-?assign|update|change|forward)$/i.test(withoutCourtesies(text)) || /\b(?:schedule|book|create|set up|arrange|organi[sz]e|plan)\b/i.test(text))
    return false
  const named = new Set(personsIn(text, lexis).map(({ name }) => name))
  return personsIn(before, lexis).some(({ name }) => !named.has(name))
}

const times =
  /\b(?:today|tomorrow|tonight|(?:this|next|the (?:whole|rest of the)) (?:week|month|morning|afternoon)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\p{L}* \d)/iu

/** "I'm sick tomorrow. Cancel all my meetings": those of that day alone are meant, and it does not say so. */
function limits(text: string, before: string): boolean {
  return (
    times.test(before) &&
    !times.test(text) &&
    /^(?:cancel|delete|remove|drop|clear|call off|move|push|postpone|delay|re-?schedule)\b.*\b(?:meetings|events|appointments|calls|calendar|everything|tasks)\b/i.test(
      withoutCourtesies(text),
    )
  )
}

/** Reads a message as a command; undefined when it is none. */
export function readCommand(sentences: readonly Sentence[], lexis: Lexis): Command {
  const reading: { parts: Part[]; fact?: Fact; before: string; waiting: string[] } = { parts: [], before: '', waiting: [] }
  const known = () => ({ ...lexis, before: reading.before })
  const bind = (text: string, more = '', fact?: Fact): Bound[] | undefined => {
    const before = clean([reading.before, more].filter((one) => one !== '').join(' | '))
    if (fact === undefined && leavesOut(text, before, lexis)) return undefined
    return readActions(text, { ...lexis, before, ...(fact === undefined ? {} : { spoken: fact.selection }) })?.map((action) => ({ action, before }))
  }
  const say = (text: string) => {
    reading.before = reading.before === '' ? text : `${reading.before} | ${text}`
  }
  const branch = (bound: readonly Bound[], side: 'so' | 'otherwise', fact: Fact) => {
    const last = reading.parts.at(-1)
    if (last?.fact === fact) reading.parts[reading.parts.length - 1] = { ...last, [side]: [...last[side], ...bound] }
    else reading.parts.push({ fact, so: [], otherwise: [], [side]: bound })
  }

  /** An instruction under the condition that was said before. */
  const readBranch = (text: string, side: 'so' | 'otherwise'): boolean => {
    const { fact } = reading
    if (fact === undefined) return false
    const whole = clean(text)
    for (const { left, right } of cuts(whole, /[,;]?\s+(?=(?:otherwise|if not|else)\b)/i)) {
      const bound = bind(left, fact.said, fact)
      if (bound === undefined) continue
      branch(bound, side, fact)
      if (readBranch(right.replace(ifNot, ''), side === 'so' ? 'otherwise' : 'so')) return true
      return false
    }
    const bound =
      bind(whole, fact.said, fact) ??
      (/^(?:(?:just )?send one|one|with|say|saying|titled)\b/i.test(whole)
        ? bind(`send them an email ${whole.replace(/^(?:(?:just )?send one|one|with one)\s+/i, '')}`, fact.said, fact)
        : undefined)
    if (bound === undefined) return false
    branch(bound, side, fact)
    return true
  }

  /** "Check if …, and if so …": what is to be checked, and perhaps what follows from it. */
  const readCheck = (said: string): boolean => {
    for (const { left, right } of cuts(said, /[,;]?\s+(?:and\s+)?(?=if (?:so|not|yes|they|he|she|it|i|there)\b)/i, 'left')) {
      const about = checking.exec(left)
      const fact = about?.[1] !== undefined ? readFact(about[1], known()) : checkingThat.test(left) || about !== null ? lastStatement() : undefined
      if (fact === undefined) continue
      reading.fact = fact
      if (ifSo.test(right)) return readBranch(right.replace(ifSo, ''), 'so')
      if (ifNot.test(right)) return readBranch(right.replace(ifNot, ''), 'otherwise')
    }
    const about = checking.exec(said)
    const fact = about?.[1] === undefined ? (checkingThat.test(said) ? lastStatement() : undefined) : readFact(about[1], known())
    if (fact === undefined) return false
    reading.fact = fact
    return true
  }
  const lastStatement = (): Fact | undefined => {
    const last = reading.before.split(/\s*\|\s*/).at(-1) ?? ''
    const bare = last.replace(/^(?:i|we) (?:think|believe|guess|suspect|wonder if|heard|feel like|'m afraid|fear)(?: that)?\s+/i, '')
    return readFact(bare, { ...lexis, before: '' }) ?? readFact(bare, known())
  }

  const readIf = (said: string): boolean => {
    if (reading.fact !== undefined && ifSo.test(said) && readBranch(said.replace(ifSo, ''), 'so')) return true
    if (reading.fact !== undefined && ifNot.test(said) && readBranch(said.replace(ifNot, ''), 'otherwise')) return true
    const condition = /^(?:if|in case|when|provided(?: that)?)\s+(.+)$/i.exec(said)?.[1] ?? /^unless\s+(.+)$/i.exec(said)?.[1]
    if (condition === undefined) return false
    const negated = /^unless/i.test(said)
    for (const { left, right } of cuts(condition, /\s*,\s*(?:then\s+)?|\s+then\s+|\s+(?=\p{L}+ )/iu)) {
      const body = withoutCourtesies(right)
      if (!isInstruction(body)) continue
      const fact = readFact(left, known())
      if (fact === undefined) continue
      const held = reading.fact
      reading.fact = fact
      if (readBranch(right, negated ? 'otherwise' : 'so')) return true
      if (held === undefined) delete reading.fact
      else reading.fact = held
    }
    return false
  }

  /** "Book a meeting with Jinsoo if they have any overdue tasks." */
  const readTrailing = (said: string): boolean => {
    for (const { left, right } of cuts(said, /\s*,?\s+(?:but )?(?:only )?(?:if|unless|in case|provided(?: that)?)\s+/i, 'right')) {
      const fact = readFact(right, { ...lexis, before: clean(`${reading.before} | ${left}`) })
      const bound = fact === undefined ? undefined : bind(left)
      if (fact === undefined || bound === undefined) continue
      reading.fact = fact
      branch(bound, / unless /i.test(said) ? 'otherwise' : 'so', fact)
      return true
    }
    return false
  }

  let skipped = -1
  for (const [index, { text: original, isQuestion }] of sentences.entries()) {
    const text = original.replace(/^new (lead|customer|client|contact|prospect|task|deal)\s*[:,-]\s*/i, 'add a new $1 called ')
    const said = withoutCourtesies(text)
    if (said === '' || /^(?:do|is) that (?:ok|okay|fine|possible)$|^(?:many )?thanks.*$|^thank you.*$/i.test(said)) continue
    if (reading.fact !== undefined && (ifSo.test(said) || ifNot.test(said))) {
      if (readBranch(said.replace(ifSo.test(said) ? ifSo : ifNot, ''), ifSo.test(said) ? 'so' : 'otherwise')) continue
      return { kind: 'unread', words: text }
    }
    if (/^(?:if|in case|unless)\b/i.test(said)) {
      if (readIf(said)) continue
      return { kind: 'unread', words: text }
    }
    if (checking.test(said) || / (?:and )?if (?:so|not)\b/i.test(said)) {
      if (readCheck(said)) continue
      if (/ if (?:so|not)\b/i.test(said)) return { kind: 'unread', words: text }
    }
    // "Can you do that?" behind what was understood already.
    if (confirms(said) && reading.parts.length > 0) continue
    if (confirms(said) && reading.waiting.length > 0) {
      const bound = reading.waiting.flatMap((one) => bind(one) ?? [])
      if (bound.length > 0) {
        reading.parts.push({ so: bound, otherwise: [] })
        reading.waiting = []
        continue
      }
    }
    const after = sentences[index + 1]?.text
    if (skipped === index) continue
    const joined = after === undefined ? undefined : withWhatFollows(text, said, clean(after))
    if (joined !== undefined) {
      reading.parts.push({ so: joined, otherwise: [] })
      skipped = index + 1
      continue
    }
    if (readTrailing(said)) continue
    const bound = bind(text)
    if (bound !== undefined) {
      reading.parts.push({ so: bound, otherwise: [] })
      continue
    }
    if (readJoined(text)) continue
    const promise = announced(text)
    if (promise !== undefined) reading.waiting = [promise]
    if (isInstruction(said) && promise === undefined) return { kind: 'unread', words: text }
    if (isQuestion && sentences[index + 1] !== undefined) {
      const fact = readFact(said, known()) ?? readFact(text, known())
      if (fact !== undefined) reading.fact = fact
    }
    say(clean(text))
  }
  if (reading.parts.length === 0) return undefined
  // What was said behind the last instruction may have changed it.
  const lastText = skipped === sentences.length - 1 ? '' : (sentences.at(-1)?.text ?? '')
  return lastText !== '' && reading.before.endsWith(clean(lastText)) && sentences.length > 1 && !isPartOf(lastText)
    ? { kind: 'unread', words: lastText }
    : { kind: 'command', parts: reading.parts }

  /** An instruction with a sentence behind that tells more of it: "Title it with the event name." */
  function withWhatFollows(text: string, said: string, after: string): Bound[] | undefined {
    const told = withoutCourtesies(after)
    if (!isInstruction(said) || !tellsMore.test(told)) return undefined
    const created = readCreateWith(said, told, known())
    if (created !== undefined) return [{ action: created, before: reading.before }]
    const rest = told.replace(/^(?:it's|it is|it should be|this is|they're|it will be|it must be|that's)\s+/i, '')
    return bind(`${text} ${rest}`) ?? bind(`${text} and ${rest}`)
  }

  /** "Dmitri is on vacation now so move all their unfinished tasks to the backlog." */
  function readJoined(text: string): boolean {
    for (const { left, right } of cuts(
      text,
      /\s*,?\s+so(?: that)?,?\s+|\s*,\s+(?:and\s+|so\s+)?(?=(?:can|could|would|will|please)\b)|\s+and so\s+|\s*[:–]\s*/i,
    )) {
      const bound = bind(right, left)
      if (bound === undefined) continue
      say(left)
      reading.parts.push({ so: bound, otherwise: [] })
      return true
    }
    return false
  }

  function isPartOf(text: string): boolean {
    return /^(?:thanks|thank you|cheers|that's all|that would be great|sorry)|^(?:he|she|they|it)(?:'s| is|'re| are| has| have|'ve)?(?: \w+)? (?:stopped|left|quit|churned|gone|bankrupt|asked|requested|died|retired|moved|duplicates?|off|sick|leaving|away)\b/i.test(
      text,
    )
  }
}
