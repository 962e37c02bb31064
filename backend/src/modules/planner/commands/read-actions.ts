import { readPeople } from './attendees.ts'
import { readCancel, readLength, readReschedule, readShift } from './calendar-actions.ts'
import { ofPerson } from './constraints.ts'
import { readConvert } from './convert-actions.ts'
import { readCreate } from './create-actions.ts'
import { forwardAction, readForward, readReply, readSend } from './email-actions.ts'
import { readEvent } from './event-actions.ts'
import { readExchange, readInvite } from './invite-actions.ts'
import type { Lexis } from './lexis.ts'
import { readLink, readMerge } from './merge-actions.ts'
import { clean, cuts } from './message.ts'
import { placeTail } from './nouns.ts'
import { readPerson } from './people.ts'
import { activeOf, isInstruction, withoutCourtesies } from './polite.ts'
import { assignTo, readAssign, readDelete, readMove, readSet } from './record-actions.ts'
import { rephrased } from './rephrase.ts'
import { readSelection } from './selection.ts'
import { instructionsOf, recorded } from './stated.ts'
import { type Action, type ActionReader, cannot } from './step.ts'
import { readNote, readTag } from './tag-actions.ts'
import { findUser, readAssignee } from './users.ts'

const readers = [
  readReply,
  readForward,
  readSend,
  readMerge,
  readConvert,
  readLink,
  readTag,
  readNote,
  readShift,
  readReschedule,
  readLength,
  readExchange,
  readInvite,
  readCancel,
  readDelete,
  readMove,
  readAssign,
  readSet,
  readEvent,
  readCreate,
]

/** "Give me all open deals" asks for an answer. */
const shownToMe = /^(?:give|get|bring|show|find|fetch) (?:me|us)\b/i

const splitting = /^(?:split|divide|share|distribute|spread)(?: up| out)? (.+?)(?: up| out)?(?: (?:as follows|like this|this way))?[:,] (.+)$/i
const share = /^(?:and )?(?:those|the ones|ones|the \S+ ones)?(?: (?:who|that|which)(?: are|'re)?)? ?(.+?)(?: (?:go|goes|should go|are for|belong))? to (\S+)$/i

/** "Split up Raj's leads: those interested in software go to Sofia, those interested in training to Lena." */
function shared(said: string): string | undefined {
  const [, whole, parts = ''] = splitting.exec(said) ?? []
  const shares = parts.split(/\s*[,;]\s*(?:and )?|\s+and\s+(?=(?:those|the ones)\b)/i).map((part) => share.exec(part))
  return whole === undefined || shares.length < 2 || shares.some((part) => part === null)
    ? undefined
    : shares.map((part) => `reassign ${whole} ${part?.[1]} to ${part?.[2]}`).join(' and ')
}

/** The actions of an instruction, one after the other; undefined when any word of it is not understood. */
export function readActions(text: string, lexis: Lexis): Action[] | undefined {
  const said = withoutCourtesies(text)
  if (said === '' || shownToMe.test(said)) return undefined
  const asSaid = readAsSaid(said, lexis)
  if (asSaid !== undefined) return asSaid
  const parts = shared(said)
  for (const other of [...(parts === undefined ? [] : [parts]), ...rephrased(said, lexis.before)]) {
    const actions = readAsSaid(withoutCourtesies(other), lexis)
    if (actions !== undefined) return actions
  }
  return readAsSaid(said, lexis, readOtherwise)
}

/** With `otherwise`, also a part of it in other words. */
function readAsSaid(said: string, lexis: Lexis, otherwise: ActionReader = () => undefined): Action[] | undefined {
  const whole = readOne(said, lexis)
  if (whole !== undefined) return [whole]
  const taken =
    /^(?:take|get|pick|collect|grab) (.+?) and (?:give|hand|assign|pass|move|transfer|re-?assign) (?:them|it|him|her|those|all of them)(?: over| on)? to (.+)$/i.exec(
      said,
    )
  const owned =
    /^(?:take|get|pick|collect|grab) (.+?) and (?:make|put|set) (.+?) (?:(?:as )?(?:their|its|the) (?:new )?owner|in charge(?: of (?:them|it))?)$/i.exec(said)
  const given = assignTo(taken?.[1] ?? owned?.[1] ?? '', taken?.[2] ?? owned?.[2] ?? '', lexis)
  if (given !== undefined) return [given]
  // "Find the email about X and …": what is done is done with it.
  const finding = /^(?:find out|find|look up|locate|look for|get|take|open|check for|check|go to|search for|identify)\s+(.+?)(?:\s+and|,)\s+(.+)$/i
  for (const { left, right } of finding.test(said) ? cuts(said, /\s+and(?:\s+then)?\s+|,\s+/i) : []) {
    const sought = left.replace(/^(?:find out|find|look up|locate|look for|get|take|open|check for|check|go to|search for|identify)\s+/i, '')
    const found = readSelection(sought, lexis) !== undefined || ['ranked', 'owner', 'sender'].includes(readAssignee(sought, lexis)?.kind ?? '')
    const actions = found ? readActions(right, { ...lexis, before: clean(`${lexis.before} | ${sought}`) }) : undefined
    if (actions !== undefined) return actions
  }
  for (const { left, right } of cuts(said, /(?:\s*,)?\s+and(?:\s+(?:then|also))?\s+|\s*,\s*(?:then\s+)?(?=\p{L})|\s+then\s+/iu)) {
    const first = readOne(left, lexis) ?? otherwise(left, lexis)
    const others = first === undefined ? undefined : readActions(right, { ...lexis, before: clean(`${lexis.before} | ${left}`) })
    if (first !== undefined && others !== undefined) return [first, ...others]
    // "Assign Kofi's overdue tasks to Nia and Raj's to Lena": what is theirs is said once.
    const whose = /^(\S+'s) ((?:over )?to .+)$/i.exec(right)
    const theirs = whose === null ? null : /^(\S+) ((?:all (?:of )?)?)\S+'s (.+?) (?:over )?to .+$/i.exec(left)
    const ellipsis =
      first === undefined || whose === null || theirs === null
        ? undefined
        : readOne(`${theirs[1]} ${theirs[2]}${whose[1]} ${theirs[3]} ${whose[2]}`, { ...lexis, before: clean(`${lexis.before} | ${left}`) })
    if (first !== undefined && ellipsis !== undefined) return [first, ellipsis]
    // "Move A to X and B to Y": the verb is said once.
    const again =
      first === undefined || isInstruction(right)
        ? undefined
        : readOne(`${left.split(' ')[0]} ${right}`, { ...lexis, before: clean(`${lexis.before} | ${left}`) })
    if (first !== undefined && again !== undefined) return [first, again]
  }
  return undefined
}

const ranked =
  /^(the (?:person|one|colleague|rep|user) (?:with|who has|having) the (?:most|fewest|least) .+?|whoever has (?:the )?(?:most|fewest|least) .+?) (?:should|must|has to|needs to|is to|can) (?:hand|give|pass|transfer|turn|re-?assign) (?:his|her|their) (.+?)(?: over| on)? to (.+)$/i

/** "The person with the most leads should hand their consulting leads over to Sofia." */
function readRankedGiver(said: string, lexis: Lexis): Action | undefined {
  const [, who = '', records = '', taker = ''] = ranked.exec(said) ?? []
  const giver = who === '' ? undefined : readAssignee(who, lexis)
  // What they have is known only when it is known who they are.
  if (giver?.kind !== 'ranked' || assignTo(`all ${records}`, taker, lexis) === undefined) return undefined
  return async (tx, known) => {
    const user = await findUser(tx, giver, known)
    if (user.kind !== 'user') return user
    const given = assignTo(`all ${records}`, taker, known, ofPerson(user.person))
    return given === undefined
      ? cannot(`I could not tell which records “${records}” are, so nothing would change. Name them as they are called here.`)
      : given(tx, known)
  }
}

/** "Take Casey White from Raj and give them to Lena", "switch Casey White from Akira to Lena". */
function readPassed(said: string, lexis: Lexis): Action | undefined {
  const passed =
    /^(?:take|switch|move|transfer|shift|swap|re-?assign|hand(?: over)?|give|pass|re-?allocate) (.+?) (?:away |over )?from (.+?)(?: and (?:give|hand|assign|pass) (?:them|it|him|her)(?: over)? to | (?:over )?to )(.+)$/i.exec(
      said,
    )
  const whose = passed === null ? undefined : readPerson(passed[2] ?? '', lexis)
  const isUser = whose?.kind === 'person' && whose.person.userId !== undefined
  return passed !== null && isUser ? assignTo(passed[1] ?? '', passed[3] ?? '', lexis, ofPerson(whose.person)) : undefined
}

/** One instruction in other words. */
function readOtherwise(said: string, lexis: Lexis): Action | undefined {
  for (const other of rephrased(said, lexis.before)) {
    const action = readOne(withoutCourtesies(other), lexis)
    if (action !== undefined) return action
  }
  return undefined
}

function readOne(said: string, lexis: Lexis): Action | undefined {
  // What would take too long to understand is not understood.
  if (lexis.effort.left-- <= 0 || lexis.effort.words <= 0) return undefined
  lexis.effort.words -= readers.length * said.split(' ').length
  for (const reader of readers) {
    const action = reader(said, lexis)
    if (action !== undefined) return action
  }
  const passed = readPassed(said, lexis) ?? readRankedGiver(said, lexis)
  if (passed !== undefined) return passed
  // "Could Raj get Casey White?"
  const getting = /^(?:have|let) (.+)$/i.test(said)
    ? null
    : /^(?:could|can|should|would|may) (\S+(?: \S+)?) (?:get|have|take over|take on|take|own|handle|look after|be given|see|read|pick up|deal with|inherit) (.+)$/i.exec(
        said,
      )
  // Mails are forwarded to whoever is to get them.
  const mailed = getting === null ? undefined : forwarded(getting[2] ?? '', getting[1] ?? '', lexis)
  if (mailed !== undefined) return mailed
  const gotten = getting === null || /^(?:i|we|you|it|there)$/i.test(getting[1] ?? '') ? undefined : assignTo(getting[2] ?? '', getting[1] ?? '', lexis)
  if (gotten !== undefined) return gotten
  // "All of Lena's qualified leads go to Raj now."
  for (const {
    instruction,
  } of /^(?:all|every|each|any|both|everything|anything|whatever|whoever|everyone|everybody|anyone)\b.* (?:go|goes|belongs?) to /i.test(said)
    ? instructionsOf(said)
    : []) {
    const made = readOne(instruction, lexis)
    if (made !== undefined) return made
  }
  // What "should" be so is wanted.
  for (const { instruction } of / (?:should|must|needs? to|has to|have to|is to|are to) /i.test(said) ? instructionsOf(said) : []) {
    const made = instruction === said ? undefined : readOne(instruction, lexis)
    if (made !== undefined) return made
  }
  const active = activeOf(said)
  // What "should go to" a list and to nobody is moved there.
  const going = active === undefined ? null : /^reassign (.+) to (.+)$/i.exec(active)
  const mail = going === null ? undefined : forwarded(going[1] ?? '', going[2] ?? '', lexis)
  if (mail !== undefined) return mail
  if (active !== undefined) return readOne(active, lexis) ?? (/^reassign /.test(active) ? readOne(active.replace(/^reassign /, 'move '), lexis) : undefined)
  return readTaken(clean(said.replace(placeTail, '')), lexis)
}

const forwarded = (mails: string, to: string, lexis: Lexis): Action | undefined =>
  /\b(?:e?mails?|messages?)\b/i.test(mails) ? readForward(`forward ${mails} to ${to}`, lexis) : undefined

const taking =
  /^(.+?) (?:is|are|will be|'s|was)(?: now| going to be)? (?:taking (?:over|on|care of)|taking|managing|covering|responsible for|owning|handling|looking after|inheriting|picking up|getting|in charge of|the (?:new )?owner of) (.+)$/i
const wishing =
  /^(\S+(?: \S+)??)(?: would|'d)? (?:likes?|loves?|wants?|asked|has asked|agreed|offered|is (?:happy|willing|ready))(?: to)? (?:have|get|take|take over|take on|look after|handle|own|work on|work with|for|be given) (.+)$/i
const wanting =
  /^(.+?) (?:should (?:also )?be (?:looped in on|copied in on|shown|sent|given|told about|informed (?:of|about)|made aware of)|needs to know about|needs to (?:see|have|read|know about)|wants to (?:see|have|read)|would like to (?:see|have|read)|asked to see|has to see|must see|has not seen|hasn't seen|needs|wants|asked for|is asking for|asks for|would like|gets|receives|requested|is waiting for|should (?:see|get|have|read)|has asked for|could use) (.+)$/i

/** What the sentence before says of whom: "Raj is taking over Alex Jackson. Can you reassign them?" */
function readTaken(said: string, lexis: Lexis): Action | undefined {
  // Why it is so says nothing of what.
  const sentence = (lexis.before.split(/\s*\|\s*/).at(-1) ?? '').replace(/,? (?:while|as|since|because) \p{L}+(?:'s| is| are| was| has| have| will)\b.*$/iu, '')
  for (const { instruction, before } of sentence === '' && !/^(?:jot|note|record|log|write|put|mark)(?: it)?(?: down)? that /i.test(said)
    ? []
    : recorded(said, lexis.before)) {
    const made = readOne(instruction, { ...lexis, before })
    if (made !== undefined) return made
  }
  // "Update the crm so that Sofia is responsible for Taylor Brown."
  const so =
    /^(?:(?:update|change|adjust|edit|fix|amend) (?:the|our) (?:crm|system|records?|database)(?::|,? so(?: that)?|,? to (?:show|reflect|say)(?: that)?)|(?:make sure|ensure|see to it)(?: that)?) (.+)$/i.exec(
      said,
    )?.[1]
  const mailTo = so === undefined || !/\be?mail\b/i.test(so) ? undefined : forwardedTo(so, lexis)
  if (mailTo !== undefined) return mailTo
  for (const { instruction } of so === undefined ? [] : instructionsOf(so)) {
    const made = readOne(instruction, { ...lexis, before: '' })
    if (made !== undefined) return made
  }
  // "Lena and Nadia both need what Raj last emailed me": it goes to them.
  const needed = /^(.+?) (?:(?:both|all|also|urgently|really) )*needs? (?:to (?:see|have|read) )?(?=\S)(.+)$/i.exec(said)
  const needing = needed === null ? undefined : readPeople(needed[1] ?? '', lexis)
  const mails = needing === undefined ? undefined : readSelection(needed?.[2] ?? '', lexis)
  if (needing !== undefined && mails?.entities[0] === 'emails' && mails.order !== undefined) return forwardAction(mails, needing)
  const over = /^(.+?) takes over (.+)$/i.exec(said)
  const after = /^(.+?) (?:looks after|takes care of|will look after|will take care of|handles|covers) (.+?) from (?:today|tomorrow)(?: on)?$/i.exec(said)
  if (after !== null) return assignTo(after[2] ?? '', after[1] ?? '', lexis)
  if (over !== null) return assignTo(over[2] ?? '', over[1] ?? '', lexis)
  if (
    /^(?:re-?assign|assign|transfer|move|give|hand over|hand|update|change|switch)(?: (?:them|it|him|her|those|that|these|all))?(?: over)?(?: to (?:them|him|her))?$/i.test(
      said,
    )
  ) {
    const taken = taking.exec(sentence) ?? wishing.exec(sentence)
    if (taken !== null) return assignTo(taken[2] ?? '', taken[1] ?? '', { ...lexis, before: '' })
    const going = /^(.+) (?:go|goes|should go|are going|is going|belong|belongs|will go|now go)(?: over)? to (.+?)(?: now| from now on)?$/i.exec(sentence)
    if (going !== null) return assignTo(going[1] ?? '', going[2] ?? '', { ...lexis, before: '' })
  }
  if (/^(?:forward|send|pass|share)(?: (?:it|that|this|them|that one))?(?: on| over| along)?(?: to (?:them|him|her))?$/i.test(said)) {
    const mail = forwardedTo(sentence, lexis)
    if (mail !== undefined) return mail
  }
  return undefined
}

/** "Santiago needs the latest email about …": it goes to him. */
function forwardedTo(sentence: string, lexis: Lexis): Action | undefined {
  const said = sentence
    .replace(/^(?:i|we)(?:'d like| would like| want| need) (\S+(?: \S+)?) to (?:see|have|get|read|receive) /i, '$1 needs ')
    .replace(/ (?:yet|too|as well)$/i, '')
    .replace(/^(\S+) would find (.+?) (?:useful|interesting|helpful|handy)$/i, '$1 needs $2')
  const wanted = wanting.exec(said)
  const person = wanted === null ? undefined : readPerson(wanted[1] ?? '', lexis)
  const selection = wanted === null ? undefined : readSelection((wanted[2] ?? '').replace(/^an? copy of /i, ''), { ...lexis, before: '' })
  return person !== undefined && selection?.entities.includes('emails') === true ? forwardAction({ ...selection, entities: ['emails'] }, [person]) : undefined
}
