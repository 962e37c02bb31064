import { absenceIn, withOurs, withOwners, withTimes } from './anaphora.ts'
import { readCreateWith } from './create-actions.ts'
import { detailsOf } from './details.ts'
import { type Fact, readFact } from './facts.ts'
import type { Lexis } from './lexis.ts'
import { clean, cuts, type Sentence } from './message.ts'
import { asCondition, isNewsOf, namingRecords } from './news.ts'
import { announced, confirms, isInstruction, withoutCourtesies } from './polite.ts'
import { readActions } from './read-actions.ts'
import { asAll } from './rephrase.ts'
import { leavesOut, limits, spokenNeed, states, withoutReason } from './reservations.ts'
import { asksToRecord, instructionsOf, recorded } from './stated.ts'
import type { Action } from './step.ts'
import { inPlainWords } from './verbs.ts'

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
  /^(?:and |then )?(?:if (?:so|yes|they (?:do|have|are|did|is)|(?:he|she|it) (?:does|has|is|did|was)|i (?:do|have|did)|there (?:are|is)(?! (?:none|no|not|nothing)\b)(?: any| some)?|that(?:'s| is) (?:the case|so|true)|it(?:'s| is) true|true|it has been|it was)|in that case|when so)\b[,:]?\s*(?:then )?(?:,\s*)?/i
const ifNot =
  /^(?:and |but |then )?(?:if (?:not|no|they (?:don't|haven't|aren't|didn't|do not|have not)|(?:he|she|it) (?:doesn't|hasn't|isn't|didn't)|(?:he|she|it|they|i) (?:did|do|does|has|have|is|are) not|i (?:haven't|don't|didn't|have not|do not)|there(?: (?:aren't|isn't|are none|is none|is nothing|are not|is not|wasn't|weren't)|'s (?:none|nothing|no such (?:meeting|email|task))| (?:is|are) no such \S+)(?: any)?|(?:he|she|they|i) (?:has|have) (?:none|nothing)|none|nothing|that(?:'s| is) not the case)|otherwise|or else|else)\b[,:]?\s*(?:then )?(?:,\s*)?/i
/** Where what is to be done otherwise begins. */
const otherwiseFrom =
  /[,;]?\s+(?=(?:and |but )?(?:otherwise|if not|or else|else|if (?:they|he|she|it|i|we|there)(?: (?:do|does|did|has|have|is|are))?(?:n't| not| (?:is|are|was|were) none|'s none|(?: is|'s) nothing| has none| have none)\b))/i
const checking =
  /^(?:check|see|find out|verify|look(?: up)?|look into|confirm|tell me|need to check|have a look|i (?:need|want) to (?:check|know|see)|let me know|know)(?: and see| and tell me| up)?(?: (?:if|whether) (.+))?$/i
/** It speaks of what was just to be made or sent. */
const tellsMore =
  /^(?:it's|it is|it should|it will|it must|this is|that's|they're|they are|he's|he is|she's|she is|they|he|she|title it|call it|name it|tell them|say|assign (?:them|it|him|her|to)|give (?:them|it) to|with|the (?:subject|title|body|text|name)|use|invite|make it|put it|set it|for|on|due)\b/i
/** It may be so. */
const supposed = /\b(?:may|might|could|think|suspect|believe|probably|perhaps|guess)\b/i
/** What follows from what was said, and is no mere fact. */
const comesToBe =
  /\b(?:will|'ll|is going to|are going to|can|should|must|needs? to|has to|have to|belongs?|goes?|gets?|from (?:now|today)|now|(?:is|are) (?:lost|won|done))\b/i
/** "Could my first meeting with Aisha start later?" */
const startsRequest =
  /^(?:can|could|may) (?:the|my|our|all|every|\S+'s) |^(?:can|could|may|would) (?!you\b|we\b|i\b)\S+(?: \S+)? (?:please )?(?:take|get|have|handle|look after|own|pick up|deal with|inherit) /i
/** What is to become of records. */
const wanted = /^(?:all|every|each|any|my|our|the|his|her|their)\b.* (?:should (?:go|be)|go|goes|belong|belongs)(?: back)? /i
const checkingThat = /^(?:check|see|verify|look|have a look|confirm|find out|look into (?:it|that)|check (?:that|it|this|on that))$/i

/** Reads a message as a command; undefined when it is none. */
export function readCommand(spoken: readonly Sentence[], lexis: Lexis): Command {
  const sentences = spoken.map((sentence) => ({ ...sentence, text: inPlainWords(sentence.text) }))
  const reading: { parts: Part[]; fact?: Fact; before: string; waiting: string[]; done: string } = { parts: [], before: '', waiting: [], done: '' }
  const known = () => ({ ...lexis, before: reading.before })
  const bind = (said: string, more = '', fact?: Fact): Bound[] | undefined => {
    const before = clean([reading.before, withOurs(namingRecords(more), lexis)].filter((one) => one !== '').join(' | '))
    // "I'm sick tomorrow. Cancel all my meetings": those of that day.
    const away = limits(said, before) ? absenceIn(before.split(/\s*\|\s*/).at(-1) ?? '') : undefined
    const bare = withoutCourtesies(said)
    // Where it was said to be, before how far or whither something moves.
    const places =
      away === undefined ? [said] : [`${bare} ${away}`, bare.replace(/ (?=(?:(?:back|forward|out|on|up) )?(?:by|to) (?!.* (?:by|to) ))/, ` ${away} `)]
    const text = places.find((one) => away !== undefined && readActions(one, { ...lexis, before }) !== undefined) ?? places[0] ?? said
    if (fact === undefined && leavesOut(text, before, lexis)) return undefined
    const known = { ...lexis, before, ...(fact === undefined ? {} : { spoken: fact.about ?? fact.selection }) }
    const plain = withoutReason(text)
    const actions =
      readActions(text, known) ??
      (plain === undefined ? undefined : readActions(plain, known)) ??
      // "Also set the follow up date to …": of what the instruction before was about.
      (before === '' && reading.done !== '' ? readActions(text, { ...known, before: reading.done }) : undefined)
    return actions?.map((action) => ({ action, before }))
  }
  const say = (text: string) => {
    const told = withOurs(namingRecords(text), lexis)
    reading.before = reading.before === '' ? told : `${reading.before} | ${told}`
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
    if (
      /^(?:do nothing|nothing|ignore (?:it|this)|leave (?:it|them|him|her|things|everything)(?: (?:(?:just )?(?:as|where|how|with whom) (?:it is|they are|he is|she is|it was|they were|it stands|they stand)|alone|be|unchanged|untouched|there))?|(?:don't|do not) (?:change|do|touch) (?:anything|it|them)|keep (?:it|them|things) (?:as|where) (?:it is|they are))$/i.test(
        whole,
      )
    ) {
      branch([], side, fact)
      return true
    }
    for (const { left, right } of cuts(whole, otherwiseFrom)) {
      const bound = bind(left, fact.said, fact)
      if (bound === undefined) continue
      branch(bound, side, fact)
      if (readBranch(right.replace(ifNot, ''), side === 'so' ? 'otherwise' : 'so')) return true
      return false
    }
    const bound =
      bind(whole, fact.said, fact) ??
      (/^(?:(?:(?:just )?send (?:(?:him|her|them) )?one|one|with|say|saying|titled)\b|⟦)/i.test(whole)
        ? bind(`send them an email ${whole.replace(/^(?:(?:just )?send (?:(?:him|her|them) )?one|one|with one)\s+/i, '')}`, fact.said, fact)
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
      const [apart] = cuts(right, /[,;]?\s+(?:otherwise|if not|or else|else)[,]?\s+/i)
      const fact = readFact(apart?.left ?? right, { ...lexis, before: clean(`${reading.before} | ${left}`) })
      const bound = fact === undefined ? undefined : bind(left)
      if (fact === undefined || bound === undefined) continue
      reading.fact = fact
      const side = / unless /i.test(said) ? 'otherwise' : 'so'
      branch(bound, side, fact)
      if (apart === undefined || readBranch(apart.right, side === 'so' ? 'otherwise' : 'so')) return true
      return false
    }
    return false
  }

  // Sentences before this one are read already.
  let next = 0
  for (const [index, { text: original, isQuestion }] of sentences.entries()) {
    const text = withOwners(withTimes(asCondition(spokenNeed(original)), reading.before), known())
      .replace(
        /^(?:brand )?new (lead|customer|client|contact|prospect|task|deal)(?: (?:on the (?:line|phone|radar|horizon|hook)|just in|in|alert|coming (?:in|up)|today))?\s*[:,-]\s*/i,
        'add a new $1 called ',
      )
      .replace(/^(?:an? )?new ((?:[\p{L}-]+ ){0,2}task)((?: (?:for|on|in) [^:⟦]+)?)\s*:?\s+(⟦\d+⟧)(.*)$/iu, 'create a $1 called $3$2$4')
      .replace(/^new (lead|customer|client|contact|prospect) for (\S+): (?=\p{Lu})/iu, 'add a new $1 for $2: ')
    const said = withoutCourtesies(text)
    if (index < next) continue
    if (said === '' || /^(?:do|is) that (?:ok|okay|fine|possible)$|^(?:many )?thanks.*$|^thank you.*$|^(?:thx|ty|ta|tia|cheers)$/i.test(said)) continue
    // "Kofi may have overdue tasks. If so, …"
    if (reading.fact === undefined && ifSo.test(said) && supposed.test(reading.before.split(/\s*\|\s*/).at(-1) ?? '')) {
      const fact = lastStatement()
      if (fact !== undefined) reading.fact = fact
    }
    // "Does Kofi have overdue tasks? Then book …"
    if (reading.fact !== undefined && sentences[index - 1]?.isQuestion === true && reading.parts.length === 0 && /^then,? /i.test(original)) {
      if (readBranch(said, 'so')) continue
      return { kind: 'unread', words: text }
    }
    if (reading.fact !== undefined && (ifSo.test(said) || ifNot.test(said))) {
      if (readBranch(said.replace(ifSo.test(said) ? ifSo : ifNot, ''), ifSo.test(said) ? 'so' : 'otherwise')) continue
      return { kind: 'unread', words: text }
    }
    const every = asAll(said)
    const forAll = every === undefined ? undefined : bind(every)
    if (forAll !== undefined) {
      reading.parts.push({ so: forAll, otherwise: [] })
      continue
    }
    if (/^(?:if|in case|unless)\b/i.test(said)) {
      if (readIf(said)) continue
      return { kind: 'unread', words: text }
    }
    if (checking.test(said) || / (?:and )?if (?:so|not)\b/i.test(said)) {
      if (readCheck(said)) continue
      if (/ if (?:so|not)\b/i.test(said)) return { kind: 'unread', words: text }
    }
    // "Can you make that change?" of what was said to be so now.
    if (confirms(said) || recorded(said, reading.before).length > 0) {
      const stated = instructionsOf(reading.before).flatMap(({ instruction, before }) => {
        const actions = readActions(instruction, { ...lexis, before })
        return actions === undefined ? [] : [actions.map((action) => ({ action, before: '' }))]
      })
      if (reading.waiting.length === 0 && stated[0] !== undefined) {
        reading.parts.push({ so: stated[0], otherwise: [] })
        continue
      }
    }
    // "Can you do that?" behind what was understood already.
    if ((confirms(said) || asksToRecord(said)) && reading.parts.length > 0) continue
    if (confirms(said) && reading.waiting.length > 0) {
      const bound = reading.waiting.flatMap((one) => bind(one) ?? [])
      if (bound.length > 0) {
        reading.parts.push({ so: bound, otherwise: [] })
        reading.waiting = []
        continue
      }
    }
    // "I need to meet with Luis on Friday. Please add an event …": the event is told of by both.
    const after = withoutCourtesies(sentences[index + 1]?.text ?? '')
    if (
      /^(?:meet|speak|talk|catch up)\b/i.test(said) &&
      !/^\w+(?: up)? (?:it|that|this)$/i.test(after) &&
      /^(?:schedule|book|add|create|set up|put|arrange|plan|make)\b/i.test(after)
    ) {
      say(clean(text))
      continue
    }
    const joined = withAllThatFollows(text, said, sentences.slice(index + 1))
    if (joined !== undefined) {
      reading.parts.push({ so: joined.actions, otherwise: [] })
      next = index + 1 + joined.count
      continue
    }
    if (readTrailing(said)) continue
    const bound = bind(text)
    if (bound !== undefined) {
      reading.parts.push({ so: bound, otherwise: [] })
      reading.done = said
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
  // "Kerry Brown is now interested in training": what was not so before is news.
  const [only, ...more] = sentences
  const isNews = only !== undefined && more.length === 0 && !only.isQuestion && isNewsOf(only.text)
  for (const { instruction, before } of reading.parts.length === 0 && isNews ? instructionsOf(only.text) : []) {
    const actions = readActions(instruction, { ...lexis, before })
    if (actions !== undefined) return { kind: 'command', parts: [{ so: actions.map((action) => ({ action, before: '' })), otherwise: [] }] }
  }
  if (reading.parts.length === 0) return undefined
  // What was said behind the last instruction may have changed it.
  const lastText = next === sentences.length ? '' : (sentences.at(-1)?.text ?? '')
  return lastText !== '' && reading.before.endsWith(clean(lastText)) && sentences.length > 1 && !isPartOf(lastText)
    ? { kind: 'unread', words: lastText }
    : { kind: 'command', parts: reading.parts }

  /** An instruction with as many sentences behind as tell more of it. */
  function withAllThatFollows(text: string, said: string, behind: readonly Sentence[]): { actions: Bound[]; count: number } | undefined {
    const [first] = behind
    if (first === undefined || !isInstruction(said)) return undefined
    const telling: string[] = []
    for (const { text: one, isQuestion } of behind.slice(0, 4)) {
      const details = isQuestion ? undefined : detailsOf(withoutCourtesies(one))
      if (details === undefined) break
      telling.push(details)
    }
    for (let count = telling.length; count > 0; count--) {
      const actions = bind(`${text}, ${telling.slice(0, count).join(', ')}`)
      if (actions !== undefined) return { actions, count }
    }
    const actions = withWhatFollows(text, said, clean(first.text))
    return actions === undefined ? undefined : { actions, count: 1 }
  }

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
      /\s*,?\s+so(?: that)?,?\s+|\s*,\s+(?:and\s+|so\s+)?(?=(?:can|could|would|will|please)\b)|\s+and so\s+|\s*[:–]\s*|\s*,\s+(?:and\s+|so\s+)?/i,
    )) {
      // "…, email bo@berg.example" is an address and no instruction.
      if (/^(?:email|mail|phone|mobile)(?: (?:address|number))?:? (?:\S+@\S+|[+\d(][\d ()./-]{5,})$/i.test(right)) continue
      const bare = withoutCourtesies(right)
      const isTold = isInstruction(bare) || wanted.test(right) || recorded(bare, left).length > 0 || startsRequest.test(right)
      if (!isTold || isInstruction(withoutCourtesies(left)) || !states(left)) continue
      const bound = bind(right, left)
      if (bound === undefined) continue
      say(left)
      reading.parts.push({ so: bound, otherwise: [] })
      return true
    }
    return readConsequence(text)
  }

  /** "Lena has too much on, so Raj is going to look after Riley Moore": what follows is to be so. */
  function readConsequence(text: string): boolean {
    for (const { left, right } of cuts(text, /\s*,?\s+(?:and\s+)?so(?: that)?,?\s+/i)) {
      if (isInstruction(withoutCourtesies(left)) || !states(left) || !comesToBe.test(right)) continue
      const before = clean(`${reading.before} | ${left}`)
      const made =
        bind(right, left) ??
        instructionsOf(`${before} | ${right}`)
          .map(({ instruction }) => readActions(instruction, { ...lexis, before }))
          .find((actions) => actions !== undefined)
          ?.map((action) => ({ action, before }))
      if (made === undefined) continue
      say(left)
      reading.parts.push({ so: made, otherwise: [] })
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
