import { addressesOf, readPeople } from './attendees.ts'
import type { Lexis } from './lexis.ts'
import { clean, cuts, unquoted } from './message.ts'
import { type PersonReference, personsIn } from './people.ts'
import { goesOn } from './polite.ts'
import { nothing } from './record-actions.ts'
import { nameOf, resolve, shownOf } from './resolve.ts'
import type { Selection } from './selection.ts'
import { type Action, type ActionReader, ask, cannot, step } from './step.ts'
import { readTarget, recordsBefore } from './targets.ts'

interface Letter {
  /** The subject is the name of the meeting whose attendees it goes to. */
  subjectFromMeeting?: true

  to?: readonly PersonReference[]
  /** The attendees of a meeting. */
  attendeesOf?: Selection
  subject?: string
  body?: string
}

const verb = /^(?:send|write|shoot|drop|compose|fire off|mail|email|message|tell|say|let|inform|notify)\b\s*(.*)$/i
const mailNoun = '(?:an?|one|the following|the|this|another)? ?(?:quick |short |new )?(?:emails?|mails?|messages?|note|line)'

type Reader = (letter: Letter, slot: string, lexis: Lexis) => Letter | undefined

const addressed: Reader = (letter, slot, lexis) => {
  if (letter.to !== undefined || letter.attendeesOf !== undefined) return undefined
  const meeting =
    /^(?:all |everyone |everybody |all the |the )?(?:attendees?|participants?|people|guests?|invitees?|everyone|everybody|person|persons|those|whoever is|all who are)?\s*(?:of|in|at|attending|invited to|from|coming to|joining|who (?:attends?|joins?|comes? to|will (?:attend|join|be at|come to))|who(?:'s| is| are|'re) (?:attending|in|at|invited to|coming to|joining|going to)) (.+)$/i.exec(
      slot,
    )
  if (meeting !== null) {
    const selection = readTarget(meeting[1] ?? '', lexis)
    if (selection?.entities.includes('events') === true) return { ...letter, attendeesOf: { ...selection, entities: ['events'] } }
  }
  if (/^them$/i.test(slot) && personsIn(lexis.before, lexis).length === 0) {
    const before = recordsBefore(lexis, 'events')
    if (before !== undefined) return { ...letter, attendeesOf: { ...before, entities: ['events'] } }
  }
  if (/^(?:all )?(?:the |its |their )?(?:attendees|participants|guests|invitees|everyone|everybody|all of them)$/i.test(slot)) {
    const before = recordsBefore(lexis, 'events')
    if (before !== undefined) return { ...letter, attendeesOf: { ...before, entities: ['events'] } }
  }
  const to = readPeople(slot, lexis)
  return to === undefined ? undefined : { ...letter, to }
}
/** Quotations stand for themselves, and for nothing beside them. */
const isWhole = (slot: string) => /^⟦\d+⟧$/.test(slot) || !/⟦/.test(slot)
const subject: Reader = (letter, slot, lexis) =>
  letter.subject === undefined && !goesOn(slot) && isWhole(slot) ? { ...letter, subject: unquoted(slot, lexis.quotes) } : undefined
const body: Reader = (letter, slot, lexis) =>
  letter.body === undefined && !goesOn(slot) && isWhole(slot) ? { ...letter, body: unquoted(slot, lexis.quotes) } : undefined

/** Words that are no part of an unquoted subject. */
const tellsBoth = /(?:^|\s)(?:and|with|saying)(?: the| a)? (?:text|body|message|content|title|subject)\b|\b(?:saying|and|with)$/i

const readers: readonly [RegExp, Reader][] = (
  [
    [mailNoun, (letter) => letter],
    [
      "(?:title it|titled|entitled|call it|name it|with|use|using|and use)(?: it)?(?: with| after| as)? (?:the|its) (?:(?:event|meeting)(?:'s)? )?(?:name|title)(?: of the (?:event|meeting))?(?: (?:as|for|in) (?:the |its )?(?:title|subject)(?: line)?)?",
      (letter) => (letter.subject === undefined ? { ...letter, subjectFromMeeting: true } : undefined),
    ],
    ['(?:with )?(⟦\\d+⟧) (?:in|as) (?:it|(?:the )?(?:email|body|text|message|content))', body],
    ['(?:with )?(⟦\\d+⟧) as (?:the |its )?(?:title|subject)(?: line)?', subject],
    ['(?:and )?(?:with )?(?:the|its|a) (?:title|subject)(?: line)? (?:is|should be|being|to be|will be|must be) (⟦\\d+⟧)', subject],
    [
      '(?:and )?(?:with )?(?:the|its|a) (?:text|body|message|content|email) (?:is|should be|being|to be|will be|must be|should say|should read|says|saying|reads) (⟦\\d+⟧)',
      body,
    ],
    ['(?:in|by|via|with|through) (?:an? |the )?(?:short |quick )?e?mail', (letter) => letter],
    [
      '(?:(?:and )?(?:titled|entitled|called|title it|title:?|subject(?: line)?:?|with (?:the |a )?(?:subject|title)(?: line)?(?: of)?|under the (?:subject|title)|headed|named)) (⟦\\d+⟧)',
      subject,
    ],
    [
      '(?:(?:and )?(?:saying|that says|which says|that reads|which reads|say|reading|stating|with the (?:body|message|text|content)(?: of)?|body:?|text:?|message:?|content:?|with (?:a )?(?:body|message|text)|the (?:text|body|message|content)(?: is| of)?|telling (?:them|him|her)|(?:to )?tell(?:ing)? (?:them|him|her)(?: that)?|to say|that|of|letting (?:them|him|her) know(?: that)?|to let (?:them|him|her) know(?: that)?|containing|with|:)) (⟦\\d+⟧)',
      body,
    ],
    [`(?:to )?(.+?) ${mailNoun}`, addressed],
    ['(?:to|for) (.+)', addressed],
    ['(?:to )?(.+?) know(?: that)?(?: by (?:email|mail))?', addressed],
    ['by (?:email|mail)', (letter) => letter],
    ['(⟦\\d+⟧)', (letter, slot, lexis) => (letter.body === undefined ? body(letter, slot, lexis) : undefined)],
    [
      '(?:titled|entitled|called|with (?:the |a )?(?:subject|title)(?: line)?(?: of)?|subject) (.+)',
      (letter, slot, lexis) => (tellsBoth.test(slot) ? undefined : subject(letter, slot, lexis)),
    ],
    ['(?:saying|that says|telling (?:them|him|her) that|to say(?: that)?) (.+)', body],
    ['(.+)', addressed],
  ] satisfies readonly (readonly [string, Reader])[]
).map(([pattern, reader]) => [new RegExp(`^${pattern}$`, 'iu'), reader])

/** "Send an email to Olga titled 'A' saying 'B'", "email them with 'B' titled 'A'". */
export const readSend: ActionReader = (text, lexis) => {
  const said = verb.exec(text)?.[1]
  if (said === undefined || clean(said) === '') return undefined
  const isSend = /^(?:send|write|shoot|drop|compose|fire off)\b/i.test(text)
  if (isSend && !/^write to\b/i.test(text) && !/\b(?:e?mails?|messages?|note|line)\b/i.test(text)) return undefined
  const words = clean(said.replace(/^in the email\s*/i, ''))
  // What is in quotation marks is a subject or a text before it is part of whom it goes to.
  const plain = readAll(words, {}, lexis, true)
  const letter = plain?.subject !== undefined && plain.body !== undefined ? plain : readAll(words, {}, lexis)
  if (letter === undefined) return undefined
  return letter.body === undefined && letter.subject === undefined && !isSend && !/^(?:email|mail)/i.test(text) ? undefined : sendAction(letter)
}

function readAll(text: string, letter: Letter, lexis: Lexis, isPlain = false): Letter | undefined {
  if (text === '') return letter
  const words = text.split(' ')
  for (const [pattern, reader] of readers)
    for (let count = words.length; count > 0; count--) {
      lexis.effort.words -= count
      if (lexis.effort.words <= 0) return undefined
      const match = pattern.exec(clean(words.slice(0, count).join(' ')))
      if (match === null || (isPlain && reader === addressed && /⟦/.test(match[1] ?? ''))) continue
      const next = reader(letter, clean(match[1] ?? ''), lexis)
      const whole = next === undefined ? undefined : readAll(clean(words.slice(count).join(' ').replace(/^and /i, '')), next, lexis, isPlain)
      if (whole !== undefined) return whole
    }
  return undefined
}

function sendAction(letter: Letter): Action {
  return async (tx, lexis) => {
    const read = letter.attendeesOf === undefined ? await addressesOf(tx, letter.to ?? [], lexis) : await attendeesOf(letter.attendeesOf, tx, lexis)
    if (read.kind !== 'addresses') return read
    if (read.emails.length === 0) return ask('To whom is the e-mail to go? Nothing would be sent until you say.')
    if (letter.subjectFromMeeting === true && letter.attendeesOf !== undefined) letter = { ...letter, subject: read.names[0] ?? '' }
    if (letter.body === undefined) return ask('What is the e-mail to say? Put the text in quotation marks. Nothing would be sent until you say.')
    const title = letter.subject ?? subjectOf(letter.body)
    const call = { tool: 'emails.send', input: { to: read.emails, subject: title, body: letter.body } }
    return step(
      [call],
      `An e-mail “${title}”${letter.subject === undefined ? ' (its own words, as no subject was said)' : ''} would go to ${read.emails.join(' and ')}, saying “${letter.body}”`,
    )
  }
}

const longestSubject = 60

/** A mail without a subject is called by how it begins. */
function subjectOf(body: string): string {
  const [sentence = body] = body.split(/(?<=\D[.!?])\s/)
  const said = clean(sentence.replace(/\s+/g, ' ').replace(/[.!]+$/, ''))
  const short = said.length <= longestSubject ? said : `${said.slice(0, longestSubject).replace(/\s+\S*$/, '')} …`
  return `${short.charAt(0).toUpperCase()}${short.slice(1)}`
}

async function attendeesOf(selection: Selection, tx: Parameters<Action>[0], lexis: Lexis) {
  const found = await resolve(tx, selection, lexis, { only: ['events'], future: true, own: true })
  if (found.kind !== 'found') return found
  const own = lexis.world.users.find(({ id }) => id === lexis.world.me?.id)?.email?.toLowerCase()
  const emails = found.rows
    .flatMap(({ attendees }) => (Array.isArray(attendees) ? attendees.map((one) => String(one).toLowerCase()) : []))
    .filter((one) => one.includes('@') && one !== own)
  return found.rows.length === 0
    ? nothing(found)
    : { kind: 'addresses' as const, emails: [...new Set(emails)], names: found.rows.map((row) => nameOf('events', row)) }
}

const unanswered = /\b(?:answer(?:ed)?|repl(?:y|ied) to|respond(?:ed)? to|(?:got|gotten) back|owe (?:\S+ )?an? (?:answer|reply))\b[^|]*\b(?:e?mail|message)\b/i

/** "Reply to the latest email from Sofia with 'Got it, thank you!'" */
export const readReply: ActionReader = (text, lexis) => {
  const answer =
    /^(?:send|give|write) (⟦\d+⟧) (?:as|in) (?:an? |the )?(?:answer|reply|response) to (.+)$/i.exec(text) ??
    /^write (⟦\d+⟧) (?:back )?to (.+\be?mails?\b.*)$/i.exec(text) ??
    /^(?:tell|write|send|email) (?:.+?) (⟦\d+⟧) in (?:reply|response|answer) to (.+)$/i.exec(text)
  if (answer !== null) {
    const who = /^(?:tell|write|send|email) (.+?) ⟦/i.exec(text)?.[1] ?? ''
    const mail = (answer[2] ?? '')
      .replace(/^(?:his|her|their) /i, `${who}'s `)
      .replace(/\b(?:she|he|they) (?=(?:has |have |last |just )*(?:sent|mailed|emailed|wrote))/i, `${who} `)
    return readReply(`reply to ${mail} with ${answer[1]}`, lexis)
  }
  const written =
    /^(?:write|send|give)(?: (?:him|her|them|back))? (⟦\d+⟧) (?:back )?(?:as|in) (?:an? |the |my )?(?:answer|reply|response)$/i.exec(text) ??
    /^(?:write|send|give)(?: (?:him|her|them))? an? (?:answer|reply|response) (?:saying|with|that says) (⟦\d+⟧)$/i.exec(text) ??
    // "I haven't answered Leila's latest mail yet. Say …"
    (unanswered.test(lexis.before) ? /^(?:say|write|answer|tell (?:him|her|them)|write back)(?: (?:him|her|them))?:? (⟦\d+⟧)$/i.exec(text) : null)
  if (written !== null) return readReply(`reply with ${written[1]}`, lexis)
  const match =
    /^(?:reply|respond|answer|write back|get back|(?:send|write) an? (?:reply|response|answer)|send (?:him|her|them) a reply)(?:\s+to)?\s+(.+)$/i.exec(text)
  if (match === null) return undefined
  // "Get back to Raj on his last mail with …": it is the mail that is answered.
  const said = (match[1] ?? '').replace(/^(?:\S+|⟦\d+⟧) (?:on|about|regarding|concerning) (?=(?:\S+ )?\S+'s (?:\S+ ){0,2}(?:e?mail|message))/i, '')
  const bare = /^(?:(?:with|saying|by saying|that|to say)(?: (?:that|this))? )?(⟦\d+⟧)$/i.exec(said)?.[1]
  if (bare !== undefined) {
    // Of several mails that a condition found it is asked which.
    const before = lexis.spoken?.entities.includes('emails') === true ? { ...lexis.spoken, many: false } : recordsBefore(lexis, 'emails')
    return before === undefined ? undefined : replyAction({ ...before, entities: ['emails'] }, unquoted(bare, lexis.quotes))
  }
  const pairs = [
    ...cuts(
      said,
      /\s+(?:with|saying|say|and say|to say|by saying|that|telling them|stating)(?:\s+(?:a|the) (?:message|text|body|words?|reply))?(?:\s+(?:saying|that says))?\s+(?=⟦)/i,
      'right',
    ),
    ...cuts(said, /\s*[:,]?\s+(?=⟦\d+⟧$)/, 'right'),
    ...[/^(?:with|saying) (⟦\d+⟧) to (.+)$/i.exec(said)].flatMap((back) => (back === null ? [] : [{ left: back[2] ?? '', right: back[1] ?? '' }])),
    ...[/^(⟦\d+⟧) to (.+)$/i.exec(said)].flatMap((back) => (back === null ? [] : [{ left: back[2] ?? '', right: back[1] ?? '' }])),
  ]
  for (const { left, right } of pairs) {
    const target = /^⟦\d+⟧$/.test(right) ? mailOf(left, lexis) : undefined
    if (target !== undefined) return replyAction(target, unquoted(right, lexis.quotes))
  }
  const target = mailOf(said, lexis)
  return target === undefined ? undefined : async () => ask('What is the reply to say? Put the text in quotation marks. Nothing would be sent until you say.')
}

function mailOf(text: string, lexis: Lexis): Selection | undefined {
  const genitive = text
    .replace(/\b(last|latest|most recent|newest) one$/i, '$1 email')
    .replace(
      /^(?!(?:all|any|every|each|both)\b)(.+?)'s ((?:last|latest|most recent|first|newest) )?((?:e?mails?|messages?)\b.*)$/i,
      (_, who: string, order: string | undefined, rest: string) => `${order === undefined ? 'the' : `the ${order.trim()}`} ${rest} from ${who}`,
    )
  const isSpokenOf = /^(?:it|that|this|(?:that|this|the) (?:e?mail|message))$/i.test(genitive)
  const spoken = lexis.spoken?.entities.includes('emails') === true ? { ...lexis.spoken, many: false } : undefined
  const target = (isSpokenOf ? (spoken ?? recordsBefore(lexis, 'emails')) : undefined) ?? readTarget(genitive, lexis)
  return target?.entities.includes('emails') === true ? { ...target, entities: ['emails'] } : undefined
}

function replyAction(target: Selection, text: string): Action {
  return async (tx, lexis) => {
    const found = await resolve(tx, target, lexis, { only: ['emails'] })
    if (found.kind !== 'found') return found
    const [row] = found.rows
    if (row === undefined) return nothing(found)
    const calls = found.rows.map((mail) => ({ tool: 'emails.reply', input: { emailId: String(mail.id), body: text } }))
    const whose = found.rows.length === 1 ? `the e-mail “${nameOf('emails', row)}” from ${String(row.from)}` : `${found.rows.length} e-mails`
    return step(calls, `A reply to ${whose} would say “${text}”`, { ...shownOf(found, found.rows), matched: found.rows.length, shown: found.rows.length })
  }
}

/** "Forward the latest email about 'X' to Olga." */
export const readForward: ActionReader = (text, lexis) => {
  const said = /^(?:forward|pass(?: on| along)?|send(?: on| over)?|share|relay|give|re-?send|fwd)\s+(.+)$/i.exec(text)?.[1]
  if (said === undefined) return undefined
  for (const { left, right } of cuts(said, /\s+(?:on\s+|over\s+|along\s+)?(?:to|with)\s+/i, 'right')) {
    const people = readPeople(right, lexis)
    const target = people === undefined ? undefined : mailOf(left, lexis)
    if (
      people !== undefined &&
      target !== undefined &&
      (target.order !== undefined || target.name !== undefined || target.many || target.constraints.length > 0)
    )
      return forwardAction(target, people)
  }
  const words = said.split(' ')
  for (let length = 1; length <= Math.min(3, words.length - 1); length++) {
    const people = readPeople(words.slice(0, length).join(' '), lexis)
    const target = people === undefined ? undefined : mailOf(words.slice(length).join(' '), lexis)
    if (people !== undefined && target?.order !== undefined) return forwardAction(target, people)
  }
  return undefined
}

export function forwardAction(target: Selection, people: readonly PersonReference[]): Action {
  return async (tx, lexis) => {
    const read = await addressesOf(tx, people, lexis)
    if (read.kind !== 'addresses') return read
    const found = await resolve(tx, target, lexis, { only: ['emails'] })
    if (found.kind !== 'found') return found
    const [row] = found.rows
    if (row === undefined) return nothing(found)
    if (found.rows.length > 20) return cannot(`${found.rows.length} e-mails match; at most 20 are forwarded at a time. Narrow it down.`)
    const calls = found.rows.map((mail) => ({ tool: 'emails.forward', input: { emailId: String(mail.id), to: read.emails } }))
    const which = found.rows.length === 1 ? `The e-mail “${nameOf('emails', row)}” from ${String(row.from)}` : `${found.rows.length} e-mails`
    return step(calls, `${which} would be forwarded to ${read.emails.join(' and ')}`, {
      ...shownOf(found, found.rows),
      matched: found.rows.length,
      shown: found.rows.length,
    })
  }
}
