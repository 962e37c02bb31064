import type { EntityName } from '#contracts/entities.ts'
import type { Lexis } from './lexis.ts'
import { clean } from './message.ts'
import { nounPattern, placeTail, readNoun } from './nouns.ts'
import { personsIn } from './people.ts'
import { isInstruction } from './polite.ts'
import { readSelection, type Selection } from './selection.ts'
import { readTails } from './selection-tails.ts'

const pronoun =
  /^(?:them|they|he|she|it|him|her|those|these|that|this|all of (?:them|those|these)|them all|those ones|(?:this|that|the) (?:record|person|entry))(?: (?:all|too|both))?$/i
/** "All the ones that are in review": of what was spoken of before, those. */
const ones = /^(?:all )?(?:of )?(?:the |those )?ones(?: (.+))?$/i

/** The records that an instruction is about; "them" are those spoken of before. */
export function readTarget(text: string, lexis: Lexis): Selection | undefined {
  const held = /^(?:everything|all(?: that)?|whatever) (\S+(?: \S+)?) (?:has|have) in (?:the|our) crm$/i.exec(clean(text))?.[1]
  if (held !== undefined) return readSelection(/^i$/i.test(held) ? 'all my customers' : `all of ${held}'s customers`, lexis)
  const said = itself(clean(text.replace(placeTail, '')))
  if (
    /^both(?: of (?:them|those|these|the (?:customers|leads|contacts|meetings|tasks|emails))| (?:records|entries|people|customers|clients|leads|contacts|meetings|tasks|emails))?$/i.test(
      said,
    )
  ) {
    const before = lexis.spoken ?? recordsBefore(lexis)
    return before === undefined ? undefined : { ...before, exactly: 2 }
  }
  if (pronoun.test(said) && lexis.spoken !== undefined) return lexis.spoken
  if (pronoun.test(said)) return recordsBefore(lexis) ?? (lexis.before === '' ? recordsShown(lexis) : undefined)
  if (
    lexis.before !== '' &&
    /^(?:this|that|the said) (?:customer|client|lead|contact|person|deal|task|meeting|event|appointment|email|mail|record|company)$/i.test(said)
  )
    return recordsBefore(lexis)
  const pointed = pointing.exec(said)
  if (pointed !== null) return recordsPointedAt(pointed[1] ?? '', lexis)
  const one = oneOf.exec(said)
  const among = one === null ? undefined : (lexis.spoken ?? recordsBefore(lexis))
  if (among !== undefined) return ofThose(among, one?.[1] ?? '')
  // "Those of them that belong to Akira": of the ones spoken of, some.
  const narrowed =
    /^(?:all |only )?(?:those|the ones|any|all)(?: of (?:them|those|these))? ((?:that|who|which|with|of|in|belonging|assigned|owned)\b.+)$/i.exec(said)
  const spoken = narrowed === null || (lexis.before === '' && lexis.spoken === undefined) ? undefined : (lexis.spoken ?? recordsBefore(lexis))
  const tails =
    spoken === undefined || spoken.order !== undefined
      ? undefined
      : readTails((narrowed?.[1] ?? '').replace(/^(?:that|who|which) belongs? to /i, 'assigned to '), spoken.entities, lexis)
  const told = (tails ?? []).flatMap(({ constraint }) => constraint ?? [])
  if (spoken !== undefined && tails !== undefined && told.length > 0 && told.length === tails.length) {
    const { vague: _, exactly: __, ...those } = spoken
    return { ...those, constraints: [...those.constraints, ...told], many: true }
  }
  const some = ones.exec(said)
  if (some !== null) {
    const before = lexis.spoken ?? recordsBefore(lexis)
    const rest = before === undefined ? undefined : readSelection(`${before.said}${some[1] === undefined ? '' : ` ${some[1]}`}`, lexis)
    return rest
  }
  return readSelection(said, lexis)
}

/** The record of somebody is they themselves. */
function itself(said: string): string {
  return said
    .replace(/^(?:their|his|her|its|the|that|this) (?:(?:customer|client|contact|lead|crm) )?(?:records?|entry|entries|profile|data)$/i, 'them')
    .replace(/^(?:the )?(?:ownership|responsibility|account) (?:of|for) /i, '')
    .replace(/^(?:the |all )?(?:(?:customer|client|contact|lead|crm) )?(?:records?|entry|entries|profiles?) (?:of|for|about) /i, '')
    .replace(/^(.+)'s (?:(?:customer|client|contact|lead|crm) )?(?:record|entry|profile|account)$/i, '$1')
}

const pointing = new RegExp(`^(?:both |all )?(?:of )?(?:these|those) (${nounPattern})$`, 'i')

/** "Those customers": the ones that were spoken of or shown, when they are of that kind. */
function recordsPointedAt(noun: string, lexis: Lexis): Selection | undefined {
  const kinds = readNoun(noun)?.entities ?? []
  const meant = lexis.spoken ?? recordsBefore(lexis) ?? (lexis.before === '' ? recordsShown(lexis) : undefined)
  return meant?.entities.some((entity) => kinds.includes(entity)) === true ? meant : undefined
}

/** "The last one" of those spoken of. */
const oneOf = /^(?:the |my )?(first|earliest|next|soonest|last|latest|most recent) (?:one|of (?:them|those|these)|meeting|event|email|mail)$/i

function ofThose(those: Selection, which: string): Selection | undefined {
  if (those.order !== undefined || those.vague === true) return undefined
  const first = /^(?:first|earliest|next|soonest)$/i.test(which)
  return { ...those, many: false, timed: true, order: { first, count: 1, by: /^(?:next|soonest)$/i.test(which) ? 'coming' : 'time' } }
}

/** The records that the answer before has shown, when it has shown all of them. */
function recordsShown({ context }: Lexis): Selection | undefined {
  const { shown, matched } = context.previous ?? {}
  if (shown === undefined || shown.ids.length === 0 || matched !== shown.ids.length) return undefined
  return {
    entities: [shown.entity],
    constraints: [() => ({ field: 'id', op: 'in', value: [...shown.ids] })],
    many: shown.ids.length > 1,
    timed: true,
    mine: false,
    said: 'them',
  }
}

/** Words that may stand around records in a statement without saying which. */
const harmless =
  /^(?:able|making|tired|fed|stopped|ended|quit|finishing|worth|fine|good|great|perfect|okay|doing|waiting|spoken|agreed|decided|attending|decided|happening|ahead|place|handle|manage|cope|deal|moment|currently|right|busy|i|i'm|i've|i'd|we|we're|we've|he|she|they|you|it|there|there's|that|is|are|was|were|be|been|am|'s|'re|'ve|no|longer|need|needs|want|wants|have|has|had|got|to|keep|keeps|the|a|an|in|on|at|of|our|my|crm|system|any|more|anymore|think|thinks|believe|guess|might|may|should|would|like|just|some|few|so|and|but|please|now|time|stop|working|with|look|looks|finished|reviewing|done|reviewed|checked|gone|through|off|sick|leaving|company|left|vacation|holiday|leave|taking|over|take|moving|can|will|customer|customers|client|lead|useful|relevant|needed|required|interested|when|hello|hi|hey|today|from|as|get|rid|noticed|noticed|see|seeing|dropping|removing|deleting|closing|cleaning|handing|giving|still|these|those|been|all|about|mind|going|changing|change|both|really|actually|old|also|for|me|us|unfortunately|apparently|turns|out|not|don't|do|duplicate|duplicates|wrong|outdated|obsolete|irrelevant|dead|bought|elsewhere|moved|away|died|retired|asked|unsubscribed|responding|everyone|everybody|remember|remembers|haven't|hasn't|didn't|answered|replied|responded|yet|read|seen|saw|received|started|begun|closed|won|signed|made|handled|point|keeping|completed|approved|tested|reviews|has|having|remind|reminded|attend|attends|make|sure|find|it's|sender|coming|locate|can't|cannot|won't|lost|touch|look|up|check|open|read|tomorrow|ready|review|went|nowhere|start|since|round|around|gotten|skip|miss|looked)$/i

/** It says which records, and not merely what they are: "Sofia's tasks", and not "a customer". */
export function tells({ constraints, name, order, said }: Selection): boolean {
  if (name !== undefined && !/^\p{Lu}|⟦/u.test(name) && constraints.length === 0 && order === undefined) return false
  return constraints.length > (/\bleads?\b|\bprospects?\b/i.test(said) ? 1 : 0) || name !== undefined || order !== undefined
}

function namesAnother(parts: readonly (readonly string[])[], lexis: Lexis): boolean {
  return parts.some((words) =>
    words.some((word, at) => {
      const pair = clean(`${word} ${words[at + 1] ?? ''}`).replace(/'s$/, '')
      return /^\p{Lu}\S* \p{Lu}/u.test(pair) && readSelection(pair, lexis)?.constraints.length === 1
    }),
  )
}

/** Behind a name it goes on with something or somebody of theirs. */
function speaksOfOthers(last: string, rest: readonly string[]): boolean {
  const after = rest.join(' ')
  if (/'s$/.test(last) && /^\p{Lu}/u.test(last))
    return !/^(?:\S+ ){0,2}(?:phone|number|mobile|e?mail|address|status|stage|interest|record|entry|follow|contact|title|role|time|contract|company|account|deal|business|subscription|mind|request)/i.test(
      after,
    )
  return (
    /^(?:and|with|or) (?:her|his|their)\b/i.test(after) ||
    /^(?:has|have|had|owns|with) (?:\S+ ){0,2}(?:leads|customers|clients|contacts|tasks|deals|meetings)\b/i.test(after)
  )
}

/** What "them" means: the only records spoken of before, when nothing else is said that could narrow them. */
export function recordsBefore(lexis: Lexis, kind?: EntityName): Selection | undefined {
  // Of "not all of them" it is not known which.
  if (/\bnot (?:all|every|each|both)\b/i.test(lexis.before)) return undefined
  return (
    (kind === 'emails' ? mailBefore(lexis) : undefined) ??
    workBefore(lexis) ??
    recordsIn(lexis, kind, false) ??
    recordsIn(lexis, kind, true) ??
    subjectBefore(lexis, kind) ??
    objectBefore(lexis, kind)
  )
}

const working =
  /^(\S+?(?: \S+?)??) (?:(?:has|have|is|just|now|already) )*(?:started|begun|finished|completed|done|working on|done with)(?: with| on| working on)? (?:the task )?(⟦\d+⟧)$/i

/** "Leila has started 'Fix the dashboard'": her task of that title, whoever else has one. */
function workBefore(lexis: Lexis): Selection | undefined {
  const match = working.exec(lexis.before.split(/\s*\|\s*/).at(-1) ?? '')
  return match === null
    ? undefined
    : readSelection(/^i$/i.test(match[1] ?? '') ? `my task ${match[2]}` : `${match[1]}'s task ${match[2]}`, { ...lexis, before: '' })
}

const objective =
  /^(?:set|mark|change|re-?assign|assign|transfer|cancel|call off|reply|respond|answer|forward|rename|re-?schedule|move|push(?: back)?|postpone|delay|extend|shorten)(?: to)? (.+)$/i

/** "Reply to Leila's last mail with … and then delete it": what the instruction before was about. */
function objectBefore(lexis: Lexis, kind: EntityName | undefined): Selection | undefined {
  const said = objective.exec(lexis.before.split(/\s*\|\s*/).at(-1) ?? '')?.[1]
  if (said === undefined) return undefined
  for (const index of [
    said.length,
    ...[...said.matchAll(/ (?=(?:back |over )?(?:to|into|as|with|by|from|saying|until|for|⟦))/gi)].map((match) => match.index).reverse(),
  ]) {
    const object = readSelection(clean(said.slice(0, index)), { ...lexis, before: '' })
    if (object !== undefined && tells(object) && object.vague !== true && (kind === undefined || object.entities.includes(kind))) return object
  }
  return undefined
}

const mailed =
  /^(?:i (?:think|see|noticed|saw)(?: that)? )?(.+?) (?:has |have |just |'s |also )*(?:sent|emailed|mailed|wrote|written|messaged)(?: to)? (?:me|us)(?: an? (?:new )?(?:e?mail|message))?(?: (about|regarding|on|titled|with the subject) (.+?))?(?: (yesterday|today|this (?:morning|afternoon|week)|last week|(?:on|last) .+?))?$/i

/** "Yuki emailed me about 'X'": the latest of such mails. */
function mailBefore(lexis: Lexis): Selection | undefined {
  const match = mailed.exec(lexis.before.split(/\s*\|\s*/).at(-1) ?? '')
  if (match === null) return undefined
  const [, who = '', , about, when] = match
  const day = when === undefined ? '' : ` from ${when.replace(/^on /i, '')}`
  return readSelection(`the ${when === undefined ? 'latest ' : ''}email from ${who}${about === undefined ? '' : ` about ${about}`}${day}`, {
    ...lexis,
    before: '',
  })
}

const finite =
  /\s+(?=(?:have|has|haven't|hasn't|had|are|is|aren't|isn't|were|was|will|won't|would|should|need|needs|want|wants|don't|doesn't|didn't|can|can't|cannot|got|went|left|asked|bought|signed|stopped|never|told|agreed|said)\b)/gi
const limiting =
  /\b(?:some|half|most|mostly|few|only|partly|except|but|unless|if|or|not all|either|neither|none|many|several|other|others|depending|whether|one|two|three|which|who|least|fewest|first|last|(?:long|short|earli|lat|old|new|bigg|larg|small|high|low|b)est|worst|stay|remain|keep|kept|leave|include|includes|including)\b|⟦/i

/** "All of Sofia's qualified customers have been given a proposal": what the sentence is about, whatever it says of them. */
function subjectBefore(lexis: Lexis, kind: EntityName | undefined): Selection | undefined {
  const sentence = (lexis.before.split(/\s*\|\s*/).at(-1) ?? '').replace(
    /^(?:(?:i|we)(?:'ve| have)? (?:think|believe|heard|noticed|know|see|feel|decided|agreed|found|realised|realized|learned|learnt|been told|just heard|looked at|seen)(?: that)?|it (?:seems|looks)(?: like| that)?|apparently|unfortunately),?\s+/i,
    '',
  )
  const fresh = { ...lexis, before: '' }
  for (const { index } of sentence.matchAll(finite)) {
    const subject = readSelection(clean(sentence.slice(0, index)), fresh)
    const predicate = sentence.slice(index)
    if (subject === undefined || !tells(subject) || subject.vague === true || (kind !== undefined && !subject.entities.includes(kind))) continue
    if (limiting.test(predicate) || namesAnother([predicate.split(' ')], fresh) || personsIn(predicate, fresh).length > 0) return undefined
    return subject
  }
  return undefined
}

/** With `genitive`, also whose something is: "Casey White's new number". */
function recordsIn(lexis: Lexis, kind: EntityName | undefined, genitive: boolean): Selection | undefined {
  const words = lexis.before.split(/\s+/).filter((word) => word !== '')
  const fresh = { ...lexis, before: '' }
  for (let length = words.length; length > 0; length--)
    for (let from = 0; from + length <= words.length; from++) {
      const phrase = clean(words.slice(from, from + length).join(' ')).replace(genitive ? /(\p{Lu}\S*)'s$/u : /(?!)/, '$1')
      if ((length === 1 && !/^\p{Lu}/u.test(phrase)) || isInstruction(phrase)) continue
      // "Nia's tasks is finished" says something of Nia's tasks, and not which.
      const subject = /^(.+?) (?:is|are|was|were) \S/i.exec(phrase)?.[1]
      if (subject !== undefined && !/\b(?:that|who|which|whose)$/i.test(subject) && readSelection(subject, fresh) !== undefined) continue
      // Where no companies are kept, of "Casey White's company" they are meant themselves.
      if (/'s (?:company|business|firm)$/i.test(phrase) && (lexis.world.counts.organisations ?? 0) === 0) continue
      // "We lost all of Akira's customers" says what befell them, and not which they are.
      if (/^(?:lost|won|closed|finished|completed) (?:all|every|each|any|the|our|my|\S+'s)\s/i.test(phrase)) continue
      const selection = readSelection(phrase, fresh)
      if (selection === undefined || !tells(selection) || (kind !== undefined && !selection.entities.includes(kind))) continue
      const around = [...words.slice(0, from), ...words.slice(from + length)].map((word) => word.replace(/[,.;:|]/g, ''))
      const within = phrase.toLowerCase().split(/[\s']+/)
      const known = around.every((word) => word === '' || harmless.test(word) || within.includes(word.toLowerCase()))
      // "Casey White's assistant", "Casey White and her colleague": somebody else may be meant.
      if (speaksOfOthers(words[from + length - 1] ?? '', words.slice(from + length))) return undefined
      // One record by its name is meant whatever is said of it.
      const isNamed =
        (selection.name !== undefined && /^\p{Lu}/u.test(selection.name) && selection.constraints.length === 0) ||
        (!selection.many && selection.order === undefined && selection.constraints.length === 1 && selection.said === clean(phrase.replace(placeTail, ''))) ||
        selection.listed === true
      if (!known && !isNamed) return undefined
      // Of two that are named either may be meant.
      if (!known && namesAnother([words.slice(0, from), words.slice(from + length)], fresh)) return undefined
      // Of some of them it is not known which.
      if (
        selection.vague === true &&
        /(?:^|\s)(?:some|most|half|many|several|few|part|one|two|three|none) of\b|\bnot (?:all|every|each|both)\b/i.test(lexis.before)
      )
        return undefined
      // What was spoken of is meant as a whole.
      const { vague: _, ...whole } = selection
      return whole
    }
  return undefined
}
