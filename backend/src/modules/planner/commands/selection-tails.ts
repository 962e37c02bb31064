import { type EntityName, entities } from '#contracts/entities.ts'
import { duringTime, hasValue, inState, interestHint, ofPerson, stateHint, withPerson } from './constraints.ts'
import type { Lexis } from './lexis.ts'
import { unquoted } from './message.ts'
import { readDay, readDayRange, readHours } from './moments.ts'
import { ofPersons } from './owners.ts'
import type { Part } from './selection.ts'
import {
  atDomain,
  between,
  emptied,
  mentioning,
  notNamed,
  notOf,
  notStartedBy,
  olderThan,
  person,
  rankedBy,
  silence,
  sittingOn,
  state,
  type TailReader,
  time,
  value,
  window,
  withProposal,
} from './tail-readers.ts'
import { answered, any, not, offered, relative, since, some } from './tail-words.ts'

/** Patterns of what follows a noun; the slot in parentheses is read by the reader. Longer ones first. */
const tails: readonly [string, TailReader][] = [
  [`${not} ${answered}${offered} for (?:the|a|an|our)? ?${some} (?:products? )?${since} ${any}`, () => undefined],
  [`${not} ${answered}${offered} ${since} ${some}`, silence(true, false)],
  [`${not} ${answered} ${since} ${some}`, silence(false, false)],
  [`${not} (?:been )?(?:contacted|spoken to|talked to|reached|called|touched) ${since} ${some}`, silence(false, true)],
  [
    `(?:we|i) ${not} (?:been )?(?:contacted|spoken (?:to|with)|talked to|reached|heard from|been in touch with|called|touched) ${since} ${some}`,
    silence(false, true),
  ],
  [
    `(?:(?:'s|'ve|has|have|had|been) )*(?:sitting on|sat on|waiting on|holding|holding on to|looking at|considering|had|got|received) (?:an?|our|the) (\\S+(?: \\S+)? (?:proposals?|offers?|quotes?) ${since} .+)`,
    sittingOn,
  ],
  [`(?:(?:'s|'ve|has|have|had|been|was|were) )*(?:sent|given|made|offered) (?:an?|our|the) ${some} (?:proposal|offer|quote)`, withProposal],
  [
    `${not} (?:said a word|let us hear|given an answer|come back to us|been in touch|been heard from|shown any sign of life) ${since} ${some}`,
    silence(false, false),
  ],
  [`(?:that |who )?(?:we|i)(?:'ve| have)?(?: already| just)? (lost|won)`, value(stateHint)],
  ...['lost', 'won'].map((outcome): [string, TailReader] => [
    `(?:that |who )?(?!(?:we|i|they|he|she|who|that) )${some} (?:has |have )?${outcome}`,
    (slot, kinds, lexis) => notStartedBy(slot, kinds, lexis, hasValue(outcome, stateHint)),
  ]),
  [`${not} heard from us ${since} ${some}`, silence(false, true)],
  [
    `(?:that |who )?(?:nobody|no one|noone|none of us)(?:'s|'d)? (?:has |have |had |is )?(?:contacted|spoken (?:to|with)|talked to|reached|called|touched) ${since} ${some}`,
    silence(false, true),
  ],
  [
    `(?:whose |where (?:the |their )?|with (?:a |an |the |their )?)last contact(?:ed)?(?: date)?(?: (?:is|was|lies|dates from))? (?:before|older than) ${some}`,
    time('contact', 'before'),
  ],
  [
    `(?:whose |where (?:the |their )?|with (?:a |an |the |their )?)last contact(?:ed)?(?: date)?(?: (?:is|was|lies))? (?:after|later than) ${some}`,
    time('contact', 'after'),
  ],
  [
    `(?:whose |where (?:the |their )?|with (?:a |an |the |their )?)last contact(?:ed)?(?: date)?(?: (?:is|was|lies|dates from|of))?(?: (?:on|in))? ${some}`,
    time('contact', 'on'),
  ],
  [`(?:(?:we|i) )?(?:have |had |were |was )?last (?:contacted|spoken to|spoke to|heard from|talked to) (?:after|since) ${some}`, time('contact', 'since')],
  [`(?:(?:we|i) )?(?:have |had |were |was )?last (?:contacted|spoken to|spoke to|heard from|talked to)(?: (?:on|in))? ${some}`, time('contact', 'on')],
  [`(?:(?:we|i) )?(?:have |had |were |was )?(?:been )?(?:contacted|spoken to|spoke to|talked to) (?:after|since) ${some}`, time('contact', 'since')],
  [
    `(?:(?:we|i) )?(?:have |had |were |was )?(?:been )?(?:contacted|spoken to|spoke to|talked to) (?:in|within|during|over) the (?:last|past|previous) ${some}`,
    window('contact', false),
  ],
  [`(?:(?:we|i) )?(?:have |had |were |was )?last (?:contacted|spoken to|spoke to|heard from|talked to) (between .+|from .+)`, between('contact', readDayRange)],
  [
    `(?:whose |where (?:the |their )?|with (?:a |an |the |their )?)last contact(?:ed)?(?: date)?(?: (?:is|was|lies))? (?:more than|over|longer than) ${some} ago`,
    silence(false, false),
  ],
  [`(?:with|who have|that have|having|using) (?:an? |the )?(\\S+) email(?: address)?(?:es)?`, atDomain],
  [
    `(?:(?:with|who have|that have|having) (?:an? |the )?email(?: address)?(?:es)? |whose email(?: address)?(?:es)? (?:is|are|ends?) )(?:at|from|in|with|on) (\\S+)`,
    atDomain,
  ],
  [
    `whose email(?: address)? is (\\S+@\\S+)`,
    (slot) => ({ constraint: (entity) => (entities[entity].fields.email === undefined ? undefined : { field: 'email', op: 'eq', value: slot }) }),
  ],
  [
    `whose phone(?: number)? is ${some}`,
    (slot) =>
      /^[+\d(][\d\s().x/-]{3,}$/.test(slot)
        ? { constraint: (entity) => (entities[entity].fields.phone === undefined ? undefined : { field: 'phone', op: 'eq', value: slot }) }
        : undefined,
  ],
  [
    `(?:with|that have|having|containing|that contain) (⟦\\d+⟧) in (?:the|their) (?:subject|title)(?: line)?`,
    (slot, kinds, lexis) =>
      kinds[0] === 'emails'
        ? { constraint: (entity) => (entity === 'emails' ? { field: 'subject', op: 'contains', value: unquoted(slot, lexis.quotes) } : undefined) }
        : undefined,
  ],
  [`(?:that |which )?(?:mention|mentions|mentioning|contain|contains|containing|include|includes)(?: the words?)? (⟦\\d+⟧)`, mentioning],
  [
    `(?:(?:that |who |which )?(?:have |has )?(?:gone|been|waited) (?:the )?longest without (?:any )?(?:contact|a call|an answer)|(?:(?:that |who |which )?(?:we|i) (?:haven't|have not) (?:contacted|spoken (?:to|with)|talked to|heard from|been in touch with) (?:in|for) the longest(?: time)?)|(?:that |who )?(?:was|were) (?:contacted|spoken to) (?:the )?longest ago|(?:that |who )?(?:we |i )?(?:have |'ve )?(?:contacted|spoke to|spoken to|talked to|heard from) (?:the )?(?:longest ago|least recently)|least recently (?:contacted|spoken to))`,
    rankedBy('contact', true),
  ],
  [`with the (?:oldest|earliest|least recent) (?:last )?contact(?: date)?`, rankedBy('contact', true)],
  [`with the (?:latest|newest|most recent) (?:last )?contact(?: date)?`, rankedBy('contact', false)],
  [`with the (?:oldest|earliest) follow[- ]?up(?: date)?`, rankedBy('follow', true)],
  [`with the (?:latest|last) follow[- ]?up(?: date)?`, rankedBy('follow', false)],
  [`(?:(?:that |which )?(?:is|are) )?due (?:first|soonest|earliest|next)|with the (?:earliest|nearest|soonest) (?:due date|deadline)`, rankedBy('time', true)],
  [`(?:(?:that |which )?(?:is|are) )?due last|with the latest (?:due date|deadline)`, rankedBy('time', false)],
  [`${not} (?:been )?(?:contacted|spoken to|talked to|reached|called) (this (?:week|month|quarter|year))`, silence(false, true)],
  [
    `(?:we|i) ${not} (?:contacted|spoken (?:to|with)|talked to|reached|heard from|been in touch with|called) (this (?:week|month|quarter|year))`,
    silence(false, true),
  ],
  [`(?:not contacted|uncontacted|without (?:any )?contact|no contact|not heard from) ${since} ${some}`, silence(false, true)],
  [
    `(?:(?:we|i) )?(?:have |had |were |was )?(?:last )?(?:contacted|spoken to|spoke to|heard from|talked to) (?:more than|over|longer than) ${some} ago`,
    silence(false, false),
  ],
  [`(?:(?:we|i) )?(?:have |had |were |was )?last (?:contacted|spoken to|spoke to|heard from|talked to) before ${some}`, silence(false, false)],
  [
    `(?:with |who have |having |that have )(?:the |a )?phone(?: number)?(?: of)? ${some}`,
    (slot) =>
      /^[+\d(][\d\s().x/-]{3,}$/.test(slot)
        ? { constraint: (entity) => (entities[entity].fields.phone === undefined ? undefined : { field: 'phone', op: 'eq', value: slot }) }
        : undefined,
  ],
  [`(?:have |has )?(?:been |gone )?(?:silent|quiet|unresponsive)(?: on us)? ${since} ${some}`, silence(false, false)],
  [`(?:without|with no) (?:an? |any )?(?:response|reply|answer)(?: from them)? ${since} ${some}`, silence(false, false)],
  [`(?:with|(?:have |has |had )?(?:got|gotten|received|been sent|were sent|have|has|had)) (?:an?|our|the) ${some} (?:proposal|offer|quote)`, withProposal],
  [`(?:and )?(?:has|have|having) no ${some}`, emptied('isEmpty')],
  [`(?:on|in) (\\S+(?: \\S+)?)'s (?:list|portfolio|books?|hands|care|name)`, person(ofPerson)],
  [`with ${some} as (?:their|the|his|her) (?:product )?interest`, value(interestHint)],
  [`(?:in|at|on) (?:the )?${some} (?:stage|status|list|column|state|phase)`, value(stateHint)],
  [`(?:with|having|at|of) (?:the |a |an )?(?:status|stage|state)(?: of)? ${some}`, value(stateHint)],
  [`(?:whose |where |with )?(?:the |their )?(?:status|stage|state) is ${some}`, value(stateHint)],
  [`(?:whose |where )?(?:the |their )?(?:product )?interest is ${some}`, value(interestHint)],
  [`(?:whose |where )?(?:the |their )?(?:owner|assignee|account manager) is ${some}`, person(ofPerson)],
  [
    `(?:except|excluding|other than|apart from|but not|not)(?: for)? ((?:the |those )?(?:ones?|meetings?|tasks?|customers?|leads?|clients?|events?) .+)`,
    (slot, kinds, lexis) => allBut(slot.replace(/^(?:the |those )?\S+ /i, ''), kinds, lexis),
  ],
  [`(?:except|excluding|other than|apart from|but not|but)(?: for)? ${some}`, (slot, kinds, lexis) => notNamed(slot, kinds, lexis)],
  [`(?:except|excluding|other than|apart from|but not|not)(?: for)? ${some}(?:'s)?(?: ones)?`, (slot, kinds, lexis) => notOf(slot, kinds, lexis)],
  [
    `(?:except|excluding|other than|apart from|but not|but no|not)(?: for)? (?:the ones|those|ones|the customers|the leads|customers|leads|anyone|anybody) (?:who (?:are|were)|that (?:are|were)|who|that)? ?(?:interested in|(?:want|wanted|need|needed|like) ?|looking for|after) ?${some}`,
    value(interestHint, true),
  ],
  [`(?:except|excluding|other than|apart from|but not|without)(?: for)? (?:the |those |his |her |their )?${some} ones`, value(undefined, true)],
  [`not interested in ${some}`, value(interestHint, true)],
  [
    `(?:(?:have|has|had|with|showed|shown|expressed) (?:an )?interest in|interested in|want|wants|who want|wanted|asked for|ask for|asking for|need|needs|needed|looking for|looking at|looking to buy|keen on|into|bought|buying|have bought|has bought|purchased|ordered|signed up for|inquired about|asked about|after) ${some}`,
    value(interestHint),
  ],
  [`with (?:an? )?${some} interest`, value(interestHint)],
  [`(?:with )?(?:product interest|interest) (?:is |of |in )?${some}`, value(interestHint)],
  [`(?:not|except|excluding|other than|apart from) (?:in )?(?:the )?${some}`, value(undefined, true)],
  [some, value(stateHint)],
  [
    `(?:in|on|from) (\\S+'s (?:backlog))`,
    (slot, kinds, lexis) => (kinds[0] === 'tasks' ? notStartedBy(slot.replace(/'s backlog$/i, ''), kinds, lexis, hasValue('backlog', stateHint)) : undefined),
  ],
  [`on (?:the|our)? ?${some} board`, value(/board|project/)],
  [`tagged(?: as| with)? ${some}`, value(/tags/)],
  [`(?:from|in|based in|at|who work at|working at|of) ${some}`, value()],
  [`(?:assigned|allocated|belonging|given|that belong|belong|belongs|owned|managed|handled) (?:to|by) ${some}`, person(ofPerson)],
  [`(?:used to be|had been|were|was|have been|are|is)(?: (?:previously|so far|until now|before))? (\\S+)'s(?: (?:so far|until now|before))?`, person(ofPerson)],
  [`(?:of|by) ${some}`, person(ofPerson)],
  [
    `(?:of|by|owned by|assigned to|belonging to) ${some}`,
    (slot, kinds, lexis) => {
      const constraint = / and | or |,/i.test(slot) && kinds[0] !== 'events' ? ofPersons(slot, lexis) : undefined
      return constraint === undefined ? undefined : { constraint }
    },
  ],
  [`for ${some}`, value(interestHint)],
  [`for ${some}`, person(ofPerson, ['tasks'])],
  [
    `(?:that )?${some} (?:is|are)(?: currently| now| still| already)? working on(?: right now| now| currently| at the moment)?`,
    (slot, kinds, lexis) =>
      kinds[0] === 'tasks' ? notStartedBy(slot, kinds, lexis, hasValue('in progress', stateHint)) : person(ofPerson)(slot, kinds, lexis),
  ],
  [`(?:that )?${some} (?:still )?(?:has|have) (?:yet|still) to (?:start|begin|get started on)`, (slot, kinds, lexis) => notStartedBy(slot, kinds, lexis)],
  [
    `(\\S+ and \\S+) (?:own|have|are responsible for|look after|handle|manage)`,
    (slot, _, lexis) => {
      const owned = ofPersons(slot, lexis)
      return owned === undefined ? undefined : { constraint: owned }
    },
  ],
  [`${some} (?:owns|has|is responsible for|is in charge of|manages|handles|looks after|is looking after|takes care of)`, person(ofPerson)],
  [
    `(?:that )?${some} ${not} (?:yet )?(?:started|begun|start|touched|looked at|got(?:ten)? (?:round|around) to)(?: yet| on)?`,
    (slot, kinds, lexis) => notStartedBy(slot, kinds, lexis),
  ],
  [`(?:that )?${some} ${not} (?:yet )?(?:finished|completed)(?: yet)?`, (slot, kinds, lexis) => notStartedBy(slot, kinds, lexis, inState('unfinished'))],
  [`(?:aren't|isn't) (?:yet )?(?:started|begun)(?: yet)?`, state('notStarted')],
  [`(?:aren't|isn't) (?:yet )?finished(?: yet)?`, state('unfinished')],
  [`(?:aren't|isn't) (?:yet )?(?:completed|done)(?: yet)?`, state('open')],
  [`${not} (?:been )?(?:started|begun)(?: yet)?`, state('notStarted')],
  [`${not} (?:been )?(?:finished)(?: yet)?`, state('unfinished')],
  [`${not} (?:been )?(?:completed|done)(?: yet)?`, state('open')],
  [`not (?:yet )?(?:started|begun)(?: yet)?`, state('notStarted')],
  [`(?:overdue|past due|late|past their (?:due date|deadline))`, state('overdue')],
  [`(?:unfinished|not (?:yet )?finished)`, state('unfinished')],
  [`(?:not (?:yet )?(?:completed|done)|incomplete|open|outstanding|pending)`, state('open')],
  [`(?:completed|finished|done)`, state('completed')],
  [`(?:not (?:started|begun))`, state('notStarted')],
  [`(?:unassigned|without an owner)`, state('unassigned')],
  [
    `(?:that )?(?:i|we)(?: have|'ve)(?: got)?(?: (?:scheduled|booked|planned|coming up|set up|lined up))?`,
    (_, kinds) => (kinds[0] === 'events' ? {} : undefined),
  ],
  [`(?:scheduled|booked|planned|coming up|in the future|from now on|going forward|ahead)`, state('upcoming')],
  [
    `with (\\S+(?: \\S+)? or \\S+(?: \\S+)?)`,
    (slot, kinds, lexis) => {
      const either = kinds[0] === 'events' ? ofPersons(slot, lexis) : undefined
      return either === undefined ? undefined : { constraint: either, only: ['events'] }
    },
  ],
  [`(?:with|involving|together with|alongside) ${some}`, person(withPerson)],
  [
    `(?:(?:that )?(?:i|we)(?: still| already)?(?: have|'ve got|'ve| have got|had)(?: (?:still|planned|scheduled|booked|coming up|left))* )?with ${some}`,
    person(withPerson, ['events', 'emails']),
  ],
  [
    `(?:from|of|sent on|received on|dated|i (?:got|received) (?:on|in)?) ?${some}`,
    (slot, kinds, lexis) => (kinds[0] === 'emails' ? time('sent', 'on')(slot, kinds, lexis) : undefined),
  ],
  [`(?:i (?:got|received|had) )?(?:sent |received )?(?:from|by) ${some}`, person(ofPerson, ['emails'])],
  [
    `(?:i (?:got|received) )?(?:sent |received )?(?:from|by) ${some}`,
    (slot, kinds, lexis) => {
      const senders = kinds[0] === 'emails' && / and | or |,/i.test(slot) ? ofPersons(slot, lexis) : undefined
      return senders === undefined ? undefined : { constraint: senders, only: ['emails'] }
    },
  ],
  [`(?:from|under) ${some}`, person(ofPerson)],
  [`that ${some} sent(?: me| us)?`, person(ofPerson, ['emails'])],
  [`(?:that )?${some} (?:has |have |had )?(?:ever |just |already )?(?:sent|written|wrote|emailed|mailed)(?: to)?(?: me| us)?`, person(ofPerson, ['emails'])],
  [
    `(?:i sent |sent )?to ${some}`,
    person((one) => (one.email === undefined ? undefined : () => ({ field: 'to', op: 'eq', value: one.email as string })), ['emails']),
  ],
  [
    `(?:(?:that (?:is|are) )?(?:called|named|titled|entitled|about|regarding|concerning|on|with (?:the )?(?:subject|title)(?: line)?|whose (?:subject|title|name) is)) (?:the )?(⟦\\d+⟧)`,
    (slot, _, lexis) => ({ name: unquoted(slot, lexis.quotes) }),
  ],
  [
    `(?:called|named|titled|entitled|about|regarding|concerning|with (?:the )?subject(?: line)?) ${some}`,
    (slot, _, lexis) => {
      // A day behind a name is when it was.
      const day = /^.* (?:from|on|sent on|received on|dated) (.+)$/i.exec(slot)?.[1]
      return /⟦| (?:from|on|sent|received|dated|at|by|with)$/i.test(slot) || (day !== undefined && readDay(day, lexis.now, 'past') !== undefined)
        ? undefined
        : { name: unquoted(slot, lexis.quotes) }
    },
  ],
  [`(⟦\\d+⟧)`, (slot, _, lexis) => ({ name: unquoted(slot, lexis.quotes) })],
  [`((?:from|between) .+)`, between('', readDayRange)],
  [`due ((?:from|between) .+)`, between('due', readDayRange)],
  [`(?:on |for )?(.+)`, between('', readHours)],
  [`(?:due|closing|expected)(?: (?:on|by|in))? ${some}`, time('due', 'on')],
  [
    `with (?:the |an )?email(?: address)?(?: of)? ${some}`,
    (slot) =>
      /^\S+@\S+$/.test(slot)
        ? { constraint: (entity) => (entities[entity].fields.email === undefined ? undefined : { field: 'email', op: 'eq', value: slot }) }
        : undefined,
  ],
  [`(?:without|who have no|that have no|with no|missing|lacking)(?: an?| any| the)? ${some}`, emptied('isEmpty')],
  [`(?:with|who have|that have)(?: an?| a) ${some}`, emptied('isNotEmpty')],
  [`(?:that )?(?:arrived|came in|came)(?: in)?(?: on)? ${some}`, time('sent', 'on')],
  [`(?:that |which )?(?:i|we)(?: have|'ve)? (?:received|got|gotten) before ${some}`, time('sent', 'before')],
  [`(?:that |which )?(?:i|we)(?: have|'ve)? (?:received|got|gotten) (?:after|since) ${some}`, time('sent', 'since')],
  [`(?:received|sent|dated|from|that (?:arrived|came in)|which (?:arrived|came in)) before ${some}`, time('sent', 'before')],
  [`older than ${some}`, (slot, kinds, lexis) => (kinds[0] === 'emails' ? olderThan(slot, kinds, lexis) : undefined)],
  [
    `(?:received|sent|dated|arrived)(?: (?:on|in|during))? ${some}`,
    (slot, kinds, lexis) => (kinds[0] === 'emails' ? time('sent', 'on')(slot, kinds, lexis) : undefined),
  ],
  [`(?:whose |with (?:a |their )?|that have a )?follow[- ]?ups?(?: date)?(?: (?:is|are|was|were))?(?: due)? before ${some}`, time('follow', 'before')],
  [`(?:whose |with (?:a |their )?|that have a )?follow[- ]?ups?(?: date)?(?: (?:is|are|was|were))?(?: due)? after ${some}`, time('follow', 'after')],
  [`(?:whose |with (?:a |their )?|that have a )?follow[- ]?ups?(?: date)?(?: (?:is|are|was|were|of))?(?: due)?(?: (?:on|in))? ${some}`, time('follow', 'on')],
  [
    `(?:(?:with |who have |that have |having )(?:an? |their )?(?:overdue|late|missed|past|expired|lapsed|past-due) follow[- ]?ups?(?: dates?)?|(?:whose |where the |with (?:a |their |the )?)follow[- ]?ups?(?: dates?)? (?:has|have|is|are|was|were|that (?:has|is))(?: already)? (?:passed|overdue|past|missed|in the past|gone by|late|expired|over)|overdue for (?:a )?follow[- ]?up)`,
    (_, __, lexis) => ({ constraint: duringTime({ to: lexis.now.startOf('day') }, 'follow'), timed: true }),
  ],
  [`(?:received|sent|dated) (?:after|since) ${some}`, time('sent', 'since')],
  [`due before ${some}`, time('due', 'before')],
  [`due after ${some}`, time('due', 'after')],
  [`(?:created|added)(?: (?:on|in|during))? ${some}`, time('created', 'on')],
  [`(?:created|added) before ${some}`, time('created', 'before')],
  [`(?:created|added) (?:after|since) ${some}`, time('created', 'since')],
  [`(?:in|over|for|during|within) the (?:next|coming|following) ${some}`, window('', true)],
  [`(?:in|over|for|during|within) the (?:last|past|previous) ${some}`, window('', false)],
  [`before ${some}`, time('', 'before')],
  [`(?:until|through|up to) ${some}`, time('', 'until')],
  [`(?:after|later than) ${some}`, time('', 'after')],
  [`(?:since|from|starting) ${some}(?: on(?:wards)?)?`, time('', 'since')],
  [`(?:(?:scheduled|planned|booked) )?(?:for|on|at|in|of)? ?${some}`, time('', 'on')],
]

/** None of those that the words would mean. */
function allBut(text: string, kinds: readonly EntityName[], lexis: Lexis): Part | undefined {
  const parts = readTails(text, kinds, lexis)
  const constraints = (parts ?? []).flatMap(({ constraint }) => constraint ?? [])
  if (parts === undefined || constraints.length === 0 || constraints.length < parts.length) return undefined
  return {
    constraint: (entity, known) => {
      const filters = constraints.flatMap((constraint) => constraint(entity, known) ?? [])
      return filters.length < constraints.length ? undefined : { not: { and: filters } }
    },
  }
}

const compiled = tails.map(([pattern, reader]) => ({ pattern: new RegExp(`^${pattern}$`, 'iu'), reader }))
const waitingFor = new RegExp(
  `^(?:${not} ${answered}|(?:with no|without(?: an?| any)?) (?:response|reply|answer|reaction))(?: (?:to|about|on|regarding))? (?:(?:the|a|an|our|their|any) )?(?!to\\b|an?\\b|the\\b|our\\b|any\\b)(\\S+(?: \\S+)?) (?:proposals?|offers?|quotes?) (${since} .+)$`,
  'i',
)
const waiting = new RegExp(`^${not} ${answered}${offered} (?:for|about|on) (?:(?:the|a|an|our) )?(.+?)(?: products?)? (${since} .+)$`, 'i')
const joint = new RegExp(`^${relative}\\s+`, 'i')

/** Of a message, by the words and what was said before them. */
const known = new WeakMap<Lexis['effort'], Map<string, Part[] | undefined>>()

/** What stands behind the noun: "that are in the won stage and interested in services"; undefined when a word of it says nothing. */
export function readTails(text: string, kinds: readonly EntityName[], lexis: Lexis): Part[] | undefined {
  if (text === '') return []
  const kept = known.get(lexis.effort) ?? new Map<string, Part[] | undefined>()
  known.set(lexis.effort, kept)
  const key = `${kinds.join()} ${text} | ${lexis.before}`
  if (!kept.has(key)) kept.set(key, readTailsAnew(text, kinds, lexis))
  return kept.get(key)
}

function readTailsAnew(text: string, kinds: readonly EntityName[], lexis: Lexis): Part[] | undefined {
  const proposal = waiting.exec(text) ?? waitingFor.exec(text)
  if (proposal !== null) return readTails(`interested in ${proposal[1]} and haven't responded to a proposal ${proposal[2]}`, kinds, lexis)
  const words = text.split(' ')
  for (let length = words.length; length > 0; length--) {
    lexis.effort.words -= length
    if (lexis.effort.words <= 0) return undefined
    const first = words.slice(0, length).join(' ').replace(/,$/, '')
    const rest = words.slice(length).join(' ')
    const part = readTail(first, kinds, lexis)
    if (part === undefined) continue
    const others = readTails(rest, kinds, lexis)
    if (others !== undefined) return [part, ...others]
  }
  const lead = joint.exec(text)
  return lead === null ? undefined : readTails(text.slice(lead[0].length), kinds, lexis)
}

function readTail(said: string, kinds: readonly EntityName[], lexis: Lexis): Part | undefined {
  if (lexis.effort.looks-- <= 0) return undefined
  for (const { pattern, reader } of compiled) {
    const match = pattern.exec(said)
    const part = match === null ? undefined : reader(match[1] ?? '', kinds, lexis)
    if (part !== undefined && fits(part, kinds, lexis)) return part
  }
  return undefined
}

/** It says something of one of the kinds of records that are meant. */
function fits({ constraint, only }: Part, kinds: readonly EntityName[], lexis: Lexis): boolean {
  return kinds.some((entity) => (only === undefined || only.includes(entity)) && (constraint === undefined || constraint(entity, lexis) !== undefined))
}
