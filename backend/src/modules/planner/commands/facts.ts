import type { Transaction } from '#backend/infra/database/database.ts'
import type { Row } from '#contracts/query.ts'
import { onlyTimeIn } from './anaphora.ts'
import { asStatement } from './asked.ts'
import { type Comparison, readComparison, readLengthOf } from './comparisons.ts'
import type { Lexis } from './lexis.ts'
import { clean } from './message.ts'
import { numberOf, numberPattern } from './moments.ts'
import { personsIn } from './people.ts'
import { resolve } from './resolve.ts'
import { type Constraint, readSelection, type Selection } from './selection.ts'
import { readTails } from './selection-tails.ts'
import type { Step } from './step.ts'
import { readTarget } from './targets.ts'

/** Something that is so or not, as the records tell. */
export interface Fact {
  selection: Selection
  /** The one record that it says something of. */
  about?: Selection
  /** It says something of the first or last of them: that one is found first, and then looked at. */
  placed?: Selection
  /** How many there must be. */
  holds: (count: number) => boolean
  /** The others of which there are more or fewer. */
  against?: Pick<Comparison, 'against' | 'compares'>
  /** Of the records found only these count. */
  fits?: (row: Row) => boolean
  said: string
}

const someone = '(.+?)'
const have = "(?:have|'ve|has|had|'s got|have got|has got|got)"
const no = "(?:haven't|have not|'ve not|hasn't|has not|don't|do not|doesn't|does not|didn't|did not|don't have|never)"
const already = '(?: already| yet| ever| recently| currently| still| also| actually)*'
const any = '(?: any| an?| some| no| the)?(?: more)?'

type Shape = readonly [RegExp, (groups: string[]) => { records: string; negative: boolean }]
const shape = (pattern: string, records: (groups: string[]) => string, negative = false): Shape => [
  new RegExp(`^${pattern}$`, 'iu'),
  (groups) => ({ records: records(groups), negative }),
]

const meetingWord = '(?:meetings?|events?|appointments?|calls?|anything|something)'
const mailWord = '(?:emails?|mails?|messages?|anything|something)'
const planned = '(?: scheduled| booked| planned| coming up| set up| arranged| in my calendar| on my calendar| in the calendar)*'
const behind = (tail: string | undefined) => (tail === undefined || tail === '' ? '' : ` ${tail}`)
/** "In 2 days" and "for a week" of what has not been is "in the last 2 days". */
const lately = (when: string | undefined) =>
  when?.replace(new RegExp(`^(?:for|in)(?: (?:over|more than|at least))? (?=(?:${numberPattern}) )|^for `, 'i'), 'in the last ')
const past = (tail: string | undefined) => (tail === undefined || tail === '' ? 'past ' : '')

/** Statements, as the records of which there are some or none. */
const shapes: readonly Shape[] = [
  shape(
    `(?:i|we) ${no}${already} (?:(?:met|meet|spoken|caught up|talked|had a (?:meeting|call))(?: up)? with|seen|met) ${someone}(?: (in .+|since .+|this .+|last .+|over .+|within .+|during .+|for .+))?`,
    ([who, when]) => `${past(when)}meetings with ${who}${behind(lately(when))}`,
    true,
  ),
  shape(
    `(?:i|we) (?:${have}|did)?${already} (?:(?:met|meet|spoken|caught up|talked|had a (?:meeting|call))(?: up)? with|seen|met) ${someone}(?: (in .+|since .+|this .+|last .+|over .+|within .+|during .+))?`,
    ([who, when]) => `${past(when)}meetings with ${who}${behind(when)}`,
  ),
  shape(
    `(?:i|we) (?:${no}${already} (?:have|schedule|scheduled|book|booked|plan|planned|got)?|have no|'ve no)${any} ${meetingWord}${planned} with ${someone}(?: (.+))?`,
    ([who, when]) => `${when === undefined ? 'upcoming ' : ''}meetings with ${who}${behind(when)}`,
    true,
  ),
  shape(
    `(?:i|we)(?: ${have}|'ve| did)?${already} (?:have|got|scheduled?|booked?|planned?)?${any} ?${meetingWord}${planned} with ${someone}(?: (.+))?`,
    ([who, when]) => `${when === undefined ? 'upcoming ' : ''}meetings with ${who}${behind(when)}`,
  ),
  shape(
    `${someone} (?:is|are)(?:n't| not) (?:in|on) (?:my|the|our) (?:calendar|diary|schedule|agenda)(?: (.+))?`,
    ([who, when]) => `${when === undefined ? 'upcoming ' : ''}meetings with ${who}${behind(when)}`,
    true,
  ),
  shape(
    `${someone} (?:is|are) (?:in|on) (?:my|the|our) (?:calendar|diary|schedule|agenda)(?: (.+))?`,
    ([who, when]) => `${when === undefined ? 'upcoming ' : ''}meetings with ${who}${behind(when)}`,
  ),
  shape(
    `there (?:are|is)(?: no|n't| not)(?: any| an?)? ${meetingWord}${planned} with ${someone}(?: (.+))?`,
    ([who, when]) => `${when === undefined ? 'upcoming ' : ''}meetings with ${who}${behind(when)}`,
    true,
  ),
  shape(
    `${someone} ${no}${already} (?:sent?|written|write|emailed|email|messaged|contacted)(?: to)?(?: me| us)?${any}(?: ${mailWord})?(?: (?:to|with) (?:me|us))?(?: (in .+|since .+|this .+|over .+|within .+|for .+|during .+|today|yesterday))?`,
    ([who, when]) => `emails from ${who}${behind(lately(when))}`,
    true,
  ),
  shape(
    `${someone} (?:${have}|did)${already} (?:sent?|written|write|emailed|email|mailed|mail|messaged|message)(?: to)?(?: me| us)?${any}(?: ${mailWord})?(?: (in .+|since .+|this .+|over .+|within .+|for .+|during .+|today|yesterday))?`,
    ([who, when]) => `emails from ${who}${behind(when)}`,
  ),
  shape(
    `(?:i|we) ${no}${already} (?:received?|got(?:ten)?|get|heard|hear|had|have)${any}(?: ${mailWord})?(?: back)? from ${someone}(?: (?:by|via) email)?(?: (in .+|since .+|this .+|over .+|within .+|for .+|during .+))?`,
    ([who, when]) => `emails from ${who}${behind(lately(when))}`,
    true,
  ),
  shape(
    `(?:i|we) (?:${have}|did)?${already} (?:received?|got(?:ten)?|get|heard|hear)${any}(?: ${mailWord})?(?: back)? from ${someone}(?: (?:by|via) email)?(?: (in .+|since .+|this .+|over .+|within .+|for .+|during .+))?`,
    ([who, when]) => `emails from ${who}${behind(when)}`,
  ),
  shape(
    `(?:i|we)(?: have| have got|'ve got|'ve)? ?nothing${planned} with ${someone}(?: (.+))?`,
    ([who, when]) => `${when === undefined ? 'upcoming ' : ''}meetings with ${who}${behind(when)}`,
    true,
  ),
  shape(
    `(?:there(?:'s| is)|there(?:'s| has| have) been|(?:i|we)(?:'ve| have)?(?: got| had| heard| received)?) (?:nothing|no news|no word)(?: new)? from ${someone}(?: by email)?(?: (in .+|since .+|this .+|over .+|within .+|for .+|during .+))?`,
    ([who, when]) => `emails from ${who}${behind(lately(when))}`,
    true,
  ),
  shape(
    `(?:nothing(?:'s| is)|there(?:'s| is) nothing|i have nothing|i've got nothing|no meetings are)(?: (?:else|scheduled|booked|planned|on|in my calendar|on my calendar))*(?: ((?:on|in|at|for|this|next|before|after|between|from|tomorrow|today).*))?`,
    ([when]) => `my meetings ${(when ?? '⟨then⟩').replace(/^for /, 'on ')}`,
    true,
  ),
  shape(
    `${someone} (?:did |has |have )?(?:finish|finished|complete|completed|done) (?:all (?:of )?)?(?:\\S+(?: \\S+)?'s|their|his|her) (overdue .+)`,
    ([who, records]) => `${who}'s ${records}`,
    true,
  ),
  shape(`(?:nobody|no one) (?:has|have)(?: any)? (.+)`, ([records]) => `${records}`, true),
  shape(`there (?:are|is)(?: not|n't)?(?: no| not any) (.+)`, ([records]) => `${records}`, true),
  shape(`there (?:might|may|could|must|should) be(?: any| some| a few| an?)? (.+)`, ([records]) => `${records}`),
  shape(`there (?:aren't|isn't|are not|is not)(?: any| an?) (.+)`, ([records]) => `${records}`, true),
  shape(`there (?:are|is|'s)(?: any| some| an?)? (.+)`, ([records]) => `${records}`),
  shape(`${someone} (?:has|have|'s got|has got) (?:something|anything) (.+)`, ([who, state]) => `${who}'s tasks ${state}`),
  shape(`${someone} (?:has|have|'s got|has got) nothing (.+)`, ([who, state]) => `${who}'s tasks ${state}`, true),
  shape(
    `(?:anything|something) (?:of ${someone}'s|that ${someone} has|${someone} has) is (.+)`,
    ([one, two, three, state]) => `${one ?? two ?? three}'s tasks that are ${state}`,
  ),
  shape(`(?:any|some) of ${someone}'s (\\S+(?: \\S+)*) (?:are|is) (.+)`, ([who, records, state]) => `${who}'s ${records} that are ${state}`),
  shape(`none of ${someone}'s (\\S+(?: \\S+)*) (?:are|is) (.+)`, ([who, records, state]) => `${who}'s ${records} that are ${state}`, true),
  shape(
    `i (?:have|'ve got|have got)(?: any| some| an?)? (?!(?:heard|met|seen|spoken|talked|received|sent|been|had|got|gotten|written|emailed|caught) )(.+)`,
    ([records]) => `my ${records}`,
  ),
  shape(`i (?:have no|don't have|do not have|haven't got)(?: any| an?)? (.+)`, ([records]) => `my ${records}`, true),
  shape(
    `${someone} (?:(?:doesn't|does not|don't|do not) have|has no|have no|hasn't got|haven't got|hasn't|haven't)(?: any| an?| got any)? (.+)`,
    ([who, records]) => `${who}'s ${records}`,
    true,
  ),
  shape(`${someone} (?:might |may |could |will |does |do )?${have}${already}(?: any| some| an?)? (.+)`, ([who, records]) => `${who}'s ${records}`),
  shape(
    `${someone} (?:is|are|(?:might|may|could|must) be) (?:behind|late|overdue) (?:on|with)(?: any| some)?(?: of)?(?: (?:their|his|her|\\S+(?: \\S+)?'s))? (.+)`,
    ([who, records]) => `${who}'s overdue ${records}`,
  ),
  shape(
    `${someone} (?:is|are) (?:up to date|on track|on top of) (?:with|on|of) (?:all )?(?:their|his|her) (.+)`,
    ([who, records]) => `${who}'s overdue ${records}`,
    true,
  ),
]

const meetingVerb = '(?:met|meet|saw|seen|see|spoke|speak|spoken|talked|talk)(?: up)?(?: with| to)?'

/** "It's been more than a week since I met with Carlos", "it was more than 4 days ago" behind "when did I last meet Carlos?". */
function lastTime(text: string, before: string): string | undefined {
  const whole = new RegExp(`^it(?:'s| has| is) been (?:more than|over|at least) (.+?) since (?:i|we) (?:last )?${meetingVerb} (.+)$`, 'i').exec(clean(text))
  if (whole !== null) return `I haven't met with ${whole[2]} in the last ${whole[1]}`
  const last =
    /^(?:my|our|the) last (?:meeting|call|chat|catch-up|talk) with (.+?) (?:was|is|took place|dates from) (?:more than|over|longer than|at least) (.+?) (?:ago|back)$/i.exec(
      clean(text),
    )
  if (last !== null) return `I haven't met with ${last[1]} in the last ${last[2]}`
  const ago = /^(?:it|that)(?:'s| was| is| has been) (?:more than|over|longer than) (.+?) ago$/i.exec(clean(text))
  const asked = new RegExp(`^when did (?:i|we) last ${meetingVerb} (.+)$`, 'i').exec(clean(before.split(/\s*\|\s*/).at(-1) ?? ''))
  return ago === null || asked === null ? undefined : `I haven't met with ${asked[1]} in the last ${ago[1]}`
}

/** Reads a statement that the records can tell the truth of. */
export function readFact(text: string, lexis: Lexis): Fact | undefined {
  const since = lastTime(text, lexis.before)
  if (since !== undefined) return readFact(since, lexis)
  const said = asStatement(text)
    .replace(/^(?:that|whether|if)\s+/i, '')
    .replace(/\bi (?:did|have) already have\b/i, 'I have')
    .replace(/,? (?:or not|at all|at the moment|right now|currently)$/i, '')
  // "Delete Jessie Jones if the last contact was before November 1": theirs.
  const ofThem = /^(?:the|their|his|her) ((?:last contact|follow[- ]?up|status|stage|product interest|phone|owner)\b.*)$/i.exec(said)?.[1]
  const told = ofThem === undefined ? undefined : ofOneRecord(`them's ${ofThem}`, lexis)
  if (told !== undefined) return { ...told, said: clean(text) }
  const compared = readComparison(said, lexis)
  if (compared !== undefined) return { selection: compared.selection, against: compared, holds: (count) => count > 0, said: clean(text) }
  const length = readLengthOf(said, lexis)
  if (length !== undefined) return { selection: length.meeting, about: length.meeting, fits: length.fits, holds: (count) => count > 0, said: clean(text) }
  const owned = ownedBy(said, lexis) ?? ofOneRecord(said, lexis)
  if (owned !== undefined) return owned
  const named = namedSubject(said, lexis)
  // "Unless they are qualified": the one record that was spoken of.
  if (named === undefined) return /^(?:they|he|she)\b/i.test(said) ? stateOf(said.replace(/^(?:they|he|she)\b/i, 'them'), text, lexis) : undefined
  for (const [pattern, read] of shapes) {
    const match = pattern.exec(named)
    if (match === null) continue
    const told = read([...match].slice(1))
    const { negative } = told
    const then = onlyTimeIn(lexis.before)
    if (told.records.includes('⟨then⟩') && then === undefined) continue
    const records = told.records.replace('⟨then⟩', then ?? '')
    const fact = countOf(records, negative, text, lexis)
    if (fact !== undefined) return fact
  }
  // "They" may be the records or whoever has them; of the one record that was spoken of it is known.
  return stateOf(/^(?:they|he|she)\b/i.test(said) ? said.replace(/^(?:they|he|she)\b/i, 'them') : named, text, lexis)
}

/** "Casey White is in the lost stage": the record, when it is like that. */
function stateOf(said: string, text: string, lexis: Lexis): Fact | undefined {
  const match =
    /^(.+?) (?:is|are|'s)( not|n't)? (?:still |already |currently )?(.+)$/i.exec(said) ??
    /^(.+?) (?:came in|arrived|was (?:sent|received|written)|reached me|dates)( not)? ((?:before|after|on|since|from|today|yesterday|in)\b.*)$/i.exec(said)
  const subject = match === null ? undefined : readTarget(match[1] ?? '', lexis)
  // "With Lena" they are hers.
  const predicate = (match?.[3] ?? '')
    .replace(/^(?:with|under) (?=\S+(?: \S+)?$)/i, subject?.entities.includes('events') === true ? 'with ' : 'assigned to ')
    .replace(/^(\S+)'s(?: (?:customer|client|lead|contact|account))?$/i, 'assigned to $1')
  const tails = subject === undefined ? undefined : (readTails(predicate, subject.entities, lexis) ?? kindOf(predicate, subject, lexis))
  if (subject === undefined || tails === undefined) return undefined
  // Of several some may be so and others not.
  if (/^them /.test(said) && subject.many) return undefined
  const negative = match?.[2] !== undefined
  const told = tails.flatMap(({ constraint }) => constraint ?? [])
  const constraints = [...subject.constraints, ...told]
  if (subject.order !== undefined) {
    // "My next meeting is with Nadia" is not said of the next one that is with her.
    if (subject.order.count > 1 || told.length < tails.length) return undefined
    const { order: _, ...any } = subject
    return {
      selection: { ...any, constraints: told, many: true },
      about: subject,
      placed: subject,
      holds: (count) => count > 0 !== negative,
      said: clean(text),
    }
  }
  return {
    selection: { ...subject, constraints, many: true },
    ...(subject.many ? {} : { about: subject }),
    holds: (count) => count > 0 !== negative,
    said: clean(text),
  }
}

/** "A won customer of Akira": what such records are. */
function kindOf(predicate: string, subject: Selection, lexis: Lexis): { constraint: Constraint }[] | undefined {
  const kind = /^(?:an?|one of) /i.test(predicate) ? readSelection(predicate.replace(/^an? /i, ''), lexis) : undefined
  const isPlain = kind !== undefined && kind.name === undefined && kind.order === undefined && kind.exactly === undefined && kind.constraints.length > 0
  return isPlain && subject.entities.some((entity) => kind.entities.includes(entity)) ? kind.constraints.map((constraint) => ({ constraint })) : undefined
}

const owning =
  '(?:owns|has|looks after|is looking after|handles|manages|takes care of|is responsible for|is in charge of|is the (?:owner|account manager|assignee) of)'
const whose = new RegExp(
  `^(?:find out |check |see |tell me )?who(?:se)? (?:${owning} (.+)|(?:is|customer is|lead is|does) (.+?)(?: (?:assigned|belong|belongs) to| with)?)$`,
  'i',
)

/** "If Lena looks after Casey White", "if it's Lena" behind "who looks after Casey White?": one record's owner. */
function ownedBy(said: string, lexis: Lexis): Fact | undefined {
  const belongs = /^(\p{Lu}.+?) (?:belongs to|is (?:one of|with)) (\S+(?: \S+)?)$/u.exec(said)
  const told = belongs === null ? new RegExp(`^(\\S+(?: \\S+)?) ${owning} (\\p{Lu}.+)$`, 'iu').exec(said) : ([belongs[0], belongs[2], belongs[1]] as const)
  const it = /^(?:it|that)(?:'s| is)( not|n't)? (\S+(?: \S+)?)$/i.exec(said)
  const asked = it === null ? null : whose.exec(clean(lexis.before.split(/\s*\|\s*/).at(-1) ?? ''))
  const [who, what] = told !== null ? [told[1], told[2]] : asked !== null ? [it?.[2], asked[1] ?? asked[2]] : []
  if (who === undefined || what === undefined) return undefined
  const fact = stateOf(`${what} is${it?.[1] === undefined ? '' : ' not'} assigned to ${who}`, said, { ...lexis, before: '' })
  return fact?.about === undefined ? undefined : fact
}

const contact = '(?:contacted|contact|spoken (?:to|with)|spoke (?:to|with)|talked (?:to|with)|called|reached|heard from)'
const never = "(?:haven't|have not|hasn't|has not|didn't|did not|wasn't|never)"
const span = '((?:in|for|since|within|over|during) .+)'

/** What is said of one record, and what of it is so: "we haven't contacted Jessie Jackson in 3 weeks", "Jaden Taylor's follow-up date has passed". */
const sayings: readonly (readonly [RegExp, (groups: readonly string[]) => readonly [string, string]])[] = [
  [new RegExp(`^(?:(?:we|i) ${never}|nobody has|no one has) ${contact} (.+?) ${span}$`, 'i'), ([who = '', since = '']) => [who, `not contacted ${since}`]],
  [new RegExp(`^(.+?) ${never} (?:been )?${contact} ${span}$`, 'i'), ([who = '', since = '']) => [who, `not contacted ${since}`]],
  [
    /^(?:(?:we|i)(?:'ve| have)? (?:last )?(?:contacted|spoken (?:to|with)|spoke (?:to|with)|talked (?:to|with)) (.+?)|(.+?) (?:has been|have been|was|were) (?:last )?(?:contacted|spoken to|talked to)) ((?:in|since|on|before|after|within|during|this|today|yesterday)\b.*)$/i,
    ([one, two, when = '']) => [one ?? two ?? '', `${/ the (?:last|past|previous) /i.test(when) ? '' : 'last '}contacted ${when}`],
  ],
  [/^(.+?) (?:has|have) no (.+)$/i, ([who = '', what = '']) => [who, `without ${what}`]],
  [/^(.+?) (?:doesn't|does not|don't|do not) have (?:an?|any) (.+)$/i, ([who = '', what = '']) => [who, `without ${what}`]],
  [/^(.+?) (?:has|have) an? (.+)$/i, ([who = '', what = '']) => [who, `with a ${what}`]],
  [/^(.+?)(?:'s|(?<=s)') (.+)$/i, ([who = '', what = '']) => [who, `whose ${what}`]],
]

function ofOneRecord(said: string, lexis: Lexis): Fact | undefined {
  const positive = said.replace(/ (?:is|was) not | (?:is|was)n't /i, (verb) => ` ${verb.trim().slice(0, verb.trim().startsWith('w') ? 3 : 2)} `)
  for (const [pattern, read] of sayings) {
    const match = pattern.exec(positive)
    if (match === null) continue
    const [who, predicate] = read([...match].slice(1))
    if (!/^(?:\p{Lu}|them$|him$|her$)/u.test(who)) continue
    const subject = readTarget(who, lexis)
    if (subject === undefined || subject.many || subject.order !== undefined || subject.constraints.length !== 1) continue
    const tails = readTails(predicate, subject.entities, lexis)
    if (tails === undefined) continue
    return {
      selection: { ...subject, constraints: [...subject.constraints, ...tails.flatMap(({ constraint }) => constraint ?? [])], many: true },
      about: subject,
      holds: (count) => count > 0 !== (positive !== said),
      said: clean(said),
    }
  }
  return undefined
}

/** "They" is the person spoken of before. */
function namedSubject(said: string, lexis: Lexis): string | undefined {
  const plain = said
    .replace(/^(they|he|she)'ve\b/i, '$1 have')
    .replace(/^(they|he|she)'s\b/i, '$1 has')
    .replace(/^(i|we)'ve\b/i, '$1 have')
  if (!/^(?:they|he|she)\b|\b(?:with|from) (?:them|him|her)\b/i.test(plain)) return plain
  const persons = personsIn(lexis.before, lexis)
  const [only] = persons
  if (only === undefined || persons.length > 1) return undefined
  const name = only.email ?? only.name
  return plain.replace(/^(?:they|he|she)\b/i, name).replace(/\b(with|from) (?:them|him|her)\b/i, `$1 ${name}`)
}

function countOf(records: string, negative: boolean, said: string, lexis: Lexis): Fact | undefined {
  const limit = new RegExp(
    `^(.+?'s |my )?(more than|over|at least|fewer than|less than|under|exactly|up to|at most|no more than|not more than) (${numberPattern}) (.+)$`,
    'i',
  ).exec(records)
  const number = limit === null ? 0 : numberOf(limit[3] ?? '')
  const selection = readSelection(limit === null ? records : `${limit[1] ?? ''}${limit[4] ?? ''}`, lexis)
  if (selection === undefined || !Number.isFinite(number)) return undefined
  const test = (count: number) => {
    switch (limit?.[2]?.toLowerCase()) {
      case undefined:
        return count > 0
      case 'more than':
      case 'over':
        return count > number
      case 'at least':
        return count >= number
      case 'exactly':
        return count === number
      case 'up to':
      case 'at most':
      case 'no more than':
      case 'not more than':
        return count <= number
      default:
        return count < number
    }
  }
  return { selection: { ...selection, many: true }, holds: (count) => test(count) !== negative, said: clean(said) }
}

/** Looks whether it is so, and how many there are. */
export async function checkFact(tx: Transaction, fact: Fact, lexis: Lexis): Promise<{ kind: 'checked'; holds: boolean; count: number; noun: string } | Step> {
  const one = fact.placed === undefined ? undefined : await resolve(tx, fact.placed, lexis, { own: true, future: true })
  if (one !== undefined && one.kind !== 'found') return one
  const ids = one?.rows.map(({ id }) => String(id))
  const looked =
    one === undefined || ids === undefined
      ? fact.selection
      : { ...fact.selection, entities: [one.entity], constraints: [...fact.selection.constraints, () => ({ field: 'id', op: 'in' as const, value: ids })] }
  if (ids?.length === 0) return { kind: 'checked', holds: fact.holds(0), count: 0, noun: fact.selection.entities[0] ?? 'events' }
  const found = await resolve(tx, looked, lexis, { own: true, ...(fact.fits === undefined ? {} : { future: true }) })
  if (found.kind !== 'found') return found
  if (fact.fits !== undefined) {
    const count = found.rows.filter(fact.fits).length
    return { kind: 'checked', holds: fact.holds(count), count, noun: found.entity }
  }
  if (fact.against !== undefined) {
    const other = await resolve(tx, fact.against.against, lexis, { own: true, only: [found.entity] })
    if (other.kind !== 'found') return other
    return { kind: 'checked', holds: fact.against.compares(found.result.total, other.result.total), count: found.result.total, noun: found.entity }
  }
  return { kind: 'checked', holds: fact.holds(found.result.total), count: found.result.total, noun: found.entity }
}
