import { isPersonsName, withDetailsNamed } from './contact-details.ts'
import { detailsOf } from './details.ts'
import type { Draft } from './draft-values.ts'
import { adjectives, readMore } from './draft-words.ts'
import type { Lexis } from './lexis.ts'
import { clean, unquoted } from './message.ts'
import { nounPattern, readNoun } from './nouns.ts'
import { personsIn, readPerson } from './people.ts'

const nouns = `(?:${nounPattern})`

/** Reads all that is said of a new record, or nothing. */
export function readDraft(said: string, lexis: Lexis): Draft | undefined {
  // "A 'Fix tests' task": its name is said first.
  const called = new RegExp(`^(an?|the|another)( new)? (⟦\\d+⟧) (${nouns})(?=\\s|$|,)`, 'iu').exec(said)
  if (called !== null) return readDraft(`${called[1]}${called[2] ?? ''} ${called[4]} called ${called[3]}${said.slice(called[0].length)}`, lexis)
  const first = said
    .replace(/^(?:in|into|on) (?:the|our) (?:crm|system|calendar|database)\s+/i, '')
    .replace(/^(?:our|the) new (lead|prospect|customer|client|contact),? (?=\p{Lu})/u, 'a new $1 ')
    .replace(/^(an? )?(new )?(lead|prospect|customer|client|contact) (?:record|entry|profile) (?=for|called|named|with)/i, '$1$2$3 ')
  const entry = /^an? (?:new )?(?:crm |customer )?(?:entry|record|profile|contact record) for (\p{Lu}\S*(?: \p{Lu}\S*)+),? (an? .+)$/u.exec(first)
  if (entry !== null) return readDraft(`${entry[1]} as ${entry[2]}`, lexis)
  const pronoun = /^(?:them|him|her|it|that|this person)\b\s*(.*)$/i.exec(first)
  if (pronoun !== null) {
    const draft = introducedBefore(lexis)
    const whole = draft === undefined ? undefined : readMore(clean(pronoun[1] ?? ''), draft, lexis)
    // "Raj has a new lead": it is Raj's, unless somebody else is named for it.
    const holder =
      /^(\p{Lu}\S*|\p{Ll}+)(?:'s| has| got| found| met| brought| won| landed| will be taking| is taking| takes| will take| will be handling| is handling| will handle| will be looking after| will look after| will be responsible for| is getting| will get| gets| receives)\b.* an? (?:new )?(?:lead|prospect|customer|client|contact)\b/iu.exec(
        lexis.before,
      )?.[1]
    const owner = holder === undefined || whole === undefined || whole.assignee !== undefined ? undefined : readPerson(holder, lexis)
    return owner?.kind === 'person' && owner.person.userId !== undefined && whole !== undefined ? { ...whole, assignee: owner } : whole
  }
  // "a new lead called Jordan Moore", "a high priority task to call Bo".
  const kind = new RegExp(`^(?:an?|the|another|one)?\\s*(?:new |brand new |fresh )?((?:\\S+\\s+){0,3}?)(${nouns})(?=\\s|$|,|:)[,:]?\\s*(.*)$`, 'iu').exec(first)
  // "The task Ship it" is there already, unless it is told what it is to be called.
  const isNamed = kind?.[1] === '' && (/^the\b/i.test(first) ? /^⟦/ : /^(?:\p{Lu}|⟦)/u).test(kind[3] ?? '')
  if (kind !== null && (/^(?:an?|another|one|new)\b/i.test(first) || isNamed)) {
    const noun = readNoun(kind[2] ?? '')
    const draft: Draft | undefined = noun === undefined || noun.plural ? undefined : { noun, said: [] }
    if (draft !== undefined && adjectives(clean(kind[1] ?? ''), draft, lexis)) {
      const rest = clean(kind[3] ?? '')
      const whole = readMore(rest, draft, lexis)
      if (whole !== undefined && whole.name !== undefined) return whole
      const name = nameFirst(rest, draft, lexis)
      if (name !== undefined) return name
    }
  }
  return nameFirst(first, { said: [] }, lexis)
}

/** "Avery White as a new lead …": the name, and then the rest. */
function nameFirst(said: string, draft: Draft, lexis: Lexis): Draft | undefined {
  const words = said.split(' ')
  for (let length = 1; length <= Math.min(14, words.length); length++) {
    const name = unquoted(words.slice(0, length).join(' ').replace(/[,:]$/, ''), lexis.quotes)
    if (
      /[,;:⟦]/.test(
        words
          .slice(0, length)
          .join(' ')
          .replace(/[,:]$/, '')
          .replace(/^⟦\d+⟧$/, ''),
      )
    )
      continue
    const isName = /^\p{Lu}|^\d/u.test(name) || /^⟦\d+⟧$/.test(words.slice(0, length).join(' '))
    if (!isName || /\b(?:and|as|to|for|with|due|on)$/i.test(name)) continue
    const rest = clean(words.slice(length).join(' '))
    const whole = readMore(rest, { ...draft, name, said: [...draft.said] }, lexis)
    if (whole?.noun !== undefined) return whole
  }
  return undefined
}

/** Someone of whom it is not said yet what they are. */
const metSomeone =
  /^(?:I|We|we)(?:'ve| have)?(?: just| recently| finally)? (?:met|spoke (?:to|with)|talked (?:to|with)|had a (?:call|chat|meeting) with|heard from|got a call from) (?:someone|somebody|a (?:person|man|woman|guy|lady)|a (?:potential|possible|new) (?:customer|client|lead|buyer)) (?:called|named|by the name of) (\p{Lu}\S+ \p{Lu}\S+)(?:,? who (.+))?$/u
/** "Met a certain Jules Novak at the fair." */
const metCertain =
  /^(?:(?:I|We|we)(?:'ve| have)?(?: just| recently| finally)? )?(?:[Mm]et|[Ss]poke (?:to|with)|[Tt]alked (?:to|with)|[Rr]an into|[Bb]umped into|[Hh]eard from) (?:a certain|one|an? (?:Mr|Mrs|Ms|Dr)\.?) (\p{Lu}\S+ \p{Lu}\S+)(?: (?:at|during|on|in|today|yesterday|last|this)\b[^,]*)?$/u
const mayBecome = /^(?:could|might|may|would|will|wants to|is going to) (?:become|be) (?:an?|our) (?:new |good |great )?(?:customer|client|lead|buyer)$/i
const arrived =
  /^(?:(?:an?|our|one more|another) )?(?:new |brand new )?(lead|prospect|customer|client|contact)(?: (?:just|has just|has|also|now))* (?:came in|come in|arrived|signed up|registered|contacted us|got in touch|reached out|turned up)(?: (?:today|yesterday|this morning|this week))?[:,]? (\p{Lu}\S*(?: \p{Lu}[^\s,]*)+)$/iu

/** "We've just signed Bailey Moss!": who is to be added is said then. */
const signed = /^(?:[Ww]e|I)(?:'ve| have)?(?: just| finally| now)? (?:signed|onboarded|landed|gained|acquired|met|welcomed) (\p{Lu}\S+ \p{Lu}[^\s,]+)$/u
const gained =
  /^(?:[Ww]e|I)(?:'ve| have)?(?: just| now| also)? (?:got|gained|have|found|signed up|welcomed|won over) (\p{Lu}\S*(?: \p{Lu}\S*)+) as (?:an?|our) (?:new |brand new )?(lead|prospect|customer|client|contact)$/u

const introductions: readonly RegExp[] = [
  /(?:we've got|we have|we got|i've got|i have|i got|there is|there's|got|met|here's|here is|we've just got|just got)(?: just)?(?: got)? an? (?:new |brand new |fresh )?(lead|prospect|customer|client|contact)(?: (?:called|named|by the name of)|,|:)? (\p{Lu}.+?)(?: (?:in|on|for) (?:the|our) .+)?$/iu,
  /^(?:an?|our) (?:new |brand new )?(lead|prospect|customer|client|contact)(?: (?:called|named|by the name of)|,)? (\p{Lu}\S*(?: \p{Lu}\S*)+),? (?:came in|arrived|signed up|registered|contacted us|got in touch|reached out|called|wrote|has come in)(?: (?:in|to us|today|yesterday|this morning|this week|last week))*$/iu,
  /^(\p{Lu}\S*(?: \p{Lu}\S*)+) (?:is|wants to be|has(?: just)? become|(?:just )?became|will be)(?: now)? (?:an?|our) (?:new |brand new )?(lead|prospect|customer|client|contact)$/u,
]

/** The record that was spoken of as new before: "We've got a new lead called Jordan Moore." */
export function introducedBefore(lexis: Lexis): Draft | undefined {
  const sentences = lexis.before.split(/\s*\|\s*/)
  for (const [index, sentence] of sentences.entries()) {
    const draft = introducedIn(sentence, lexis)
    if (draft === undefined) continue
    // What was said of them since belongs to it, and nothing of it is left out.
    let whole: Draft | undefined = draft
    for (const later of sentences.slice(index + 1)) {
      const kind = /^(?:they're|they are|he's|he is|she's|she is|it's|it is) (an? (?:new )?(?:lead|prospect|customer|client|contact)\b.*)$/i.exec(later)?.[1]
      const details = kind === undefined ? detailsOf(later) : `as ${kind}`
      if (details !== undefined && whole !== undefined) whole = readMore(details, whole, lexis)
      else if (personsIn(later, lexis).length > 0 || telling.test(later)) return undefined
    }
    return whole
  }
  return undefined
}

function introducedIn(sentence: string, lexis: Lexis): Draft | undefined {
  const news =
    /^(?:(?:we|i|\p{L}+)(?:'ve|'s| have| has)?(?: just| now| also| recently)*(?: (?:got|gained|acquired|signed|found|met|have|has|brought in|won|landed|talked to|spoke (?:to|with)|will be taking on|is taking on|takes on|will take on|will be handling|is handling|will handle|will be looking after|will look after|will be responsible for|is getting|will get|gets|receives))?(?: us| me)?|there(?:'s| is)|here(?:'s| is)|got|met) (an? (?:new |brand new |fresh )?(?:lead|prospect|customer|client|contact)\b.+)$/iu.exec(
      sentence,
    )?.[1] ?? (/^(?:brand )?new (?:lead|prospect|customer|client|contact)\b/i.test(sentence) ? `a ${sentence.replace(/^brand /i, '')}` : undefined)
  const told = news === undefined ? undefined : readDraft(withDetailsNamed(news), { ...lexis, before: '' })
  if (told?.name !== undefined && isPersonsName(told.name)) return told
  const [, someone, about] = metSomeone.exec(sentence) ?? []
  if (someone !== undefined) return about === undefined || mayBecome.test(about) ? { name: someone, said: [] } : introducedBare(someone, about, lexis)
  const certain = metCertain.exec(sentence)?.[1] ?? signed.exec(sentence)?.[1]
  if (certain !== undefined) return { name: certain, said: [] }
  const first = introductions[0]?.exec(sentence) ?? introductions[1]?.exec(sentence) ?? arrived.exec(sentence)
  const second = introductions[2]?.exec(sentence) ?? gained.exec(sentence)
  const [noun, name] = first != null ? [first[1], first[2]] : second != null ? [second[2], second[1]] : []
  const kind = noun === undefined ? undefined : readNoun(noun)
  // Whoever is named and is to be added is who was spoken of; what they are is said then.
  const bare =
    /^(\p{Lu}\S+ \p{Lu}\S+) \p{Ll}/u.exec(sentence)?.[1] ??
    /^(?:I|we|We)(?:'ve| have)?(?: just| recently)? (?:met|spoke (?:to|with)|talked (?:to|with)|had a (?:call|chat|meeting) with) (\p{Lu}\S+ \p{Lu}\S+)(?: (?:today|yesterday|last week|this morning|this week|at [^,]+))?(?:,.+)?$/u.exec(
      sentence,
    )?.[1]
  if (kind === undefined && bare !== undefined) return introducedBare(bare, sentence, lexis)
  if (kind !== undefined && name !== undefined) return { noun: kind, name: unquoted(clean(name), lexis.quotes), said: [] }
  return undefined
}

/** It says no more than that they are one who may be added. */
const wantsToBe =
  /(?:^| )(?:would like|'d like|wants|hopes|is going|is happy|decided|has decided) to (?:become|be|join us as) (?:an?|our) (?:new |good )?(?:customer|client|lead|buyer)$/i

/** It may tell something of whoever is new. */
const telling = /\b(?:interested|wants?|needs?|status|phone|number|email|@|owner|assigned|follow)\b/i

/** Whoever is spoken of with what is said of them; undefined when something of it may belong to them and is not understood. */
function introducedBare(name: string, sentence: string, lexis: Lexis): Draft | undefined {
  // "Sam Okafor from the trade show": where somebody was met says nothing of them.
  const plain = sentence.replace(
    /(?<=^\p{Lu}\S+ \p{Lu}\S+) (?:from|at|whom? (?:we|i) met at) (?:the|our|a|yesterday's|last week's) \p{Ll}[\p{Ll} -]*?(?= (?:is|wants|would|needs|asked|has|was)\b)/u,
    '',
  )
  const clauses = plain.split(/\s*,\s*(?:and\s+|who\s+)?|\s+and\s+/)
  let draft: Draft | undefined = { name, said: [] }
  for (const clause of clauses) {
    if (wantsToBe.test(clause)) continue
    const details = clause.startsWith(name) ? detailsOf(clause.replace(name, 'they')) : (detailsOf(clause) ?? detailsOf(`they ${clause}`))
    if (details !== undefined && draft !== undefined) draft = readMore(details, draft, lexis)
    else if (personsIn(clause.replace(name, ''), lexis).length > 0 || telling.test(clause)) return undefined
  }
  return draft
}
