import { fold } from '#contracts/fold.ts'
import { interestHint } from './constraints.ts'
import { isPersonsName } from './contact-details.ts'
import { type Draft, means } from './draft-values.ts'
import { fieldNamed, stateValues, valueFor } from './fields.ts'
import { type Lexis, valuesNamed } from './lexis.ts'
import { clean, unquoted } from './message.ts'
import { readMoment } from './moments.ts'
import { nounPattern, readNoun } from './nouns.ts'
import { readPerson } from './people.ts'
import { goesOn } from './polite.ts'
import { readAssignee } from './users.ts'

const nouns = `(?:${nounPattern})`

/** What stands before the noun: a status, a priority, a board. */
export function adjectives(said: string, draft: Draft, lexis: Lexis): boolean {
  if (said === '') return true
  const priority = /^(high|medium|low|normal|urgent)[- ]priority$/i.exec(said)?.[1]
  if (priority !== undefined) {
    draft.said.push({ role: 'priority', words: priority })
    return true
  }
  const kinds = draft.noun?.entities ?? []
  if (kinds.some((entity) => stateValues(said, entity, lexis) !== undefined)) draft.said.push({ role: 'state', words: said })
  else if (kinds.some((entity) => valuesNamed(lexis, said, entity).length > 0)) draft.said.push({ role: 'board', words: said })
  else return false
  return true
}

type More = (slot: string, draft: Draft, lexis: Lexis) => Draft | undefined

const saying =
  (role: Draft['said'][number]['role']): More =>
  (slot, draft) => ({ ...draft, said: [...draft.said, { role, words: slot }] })

const assigning: More = (slot, draft, lexis) => {
  const assignee = draft.assignee === undefined && !slot.includes(',') ? readAssignee(slot, lexis) : undefined
  return assignee === undefined ? undefined : { ...draft, assignee }
}

/** A name goes no further than a comma or a quotation. */
const naming: More = (slot, draft, lexis) =>
  draft.name === undefined && !goesOn(slot) && (/^⟦\d+⟧$/.test(slot) || (!/[⟦,;:]/.test(slot) && !swallowed.test(slot)))
    ? { ...draft, name: unquoted(slot, lexis.quotes) }
    : undefined

/** It says more than a name. */
const swallowed =
  /\b(?:due (?:on|by|in|next|this|today|tomorrow|\p{L}+day|\p{Lu}|\d)|(?:on|to|in) the .+ board|(?:re-?)?assigned to|with (?:a |the )?(?:status|priority|deadline|due date)|interested in)/iu

const kinded: More = (slot, draft, lexis) => {
  // "As Nadia's lead", "as one of Nadia's leads".
  const owned = /^(?:one of )?(\S+(?: \S+)?)'s (?:new )?(lead|prospect|customer|client|contact)s?$/iu.exec(slot)
  const owner = owned === null || draft.assignee !== undefined ? undefined : readAssignee(owned[1] ?? '', lexis)
  const whose = owner === undefined ? undefined : readNoun(owned?.[2] ?? '')
  if (owner !== undefined && whose !== undefined && draft.noun === undefined) return { ...draft, noun: whose, assignee: owner }
  const of = /^(an?|the) (?:new )?((?:\S+ )?)(lead|prospect|customer|client|contact) of (\S+(?: \S+)?)'s$/iu.exec(slot)
  const whoseIs = of === null ? undefined : kinded(`${of[1]} ${of[2]}${of[3]}`, draft, lexis)
  if (of !== null) return whoseIs === undefined ? undefined : assigning(of[4] ?? '', whoseIs, lexis)
  const match = new RegExp(`^(?:an?|the)?\\s*(?:brand new |new |fresh |potential )?(?:(.+?) )?(${nouns})$`, 'iu').exec(slot)
  const noun = match === null ? undefined : readNoun(match[2] ?? '')
  if (noun === undefined || draft.noun !== undefined) return undefined
  const next = { ...draft, noun, said: [...draft.said] }
  return adjectives(clean(match?.[1] ?? ''), next, lexis) ? next : undefined
}

/** A value in use stands for its field. */
const listed: More = (words, draft, lexis) => {
  const paths = new Set((draft.noun?.entities ?? []).flatMap((entity) => valuesNamed(lexis, words, entity)).map(({ path }) => path))
  const [path] = paths
  if (path === undefined || paths.size > 1) return undefined
  const role = /status|stage|state/.test(path)
    ? 'state'
    : interestHint.test(path)
      ? 'interest'
      : /priority/.test(path)
        ? 'priority'
        : /board/.test(path)
          ? 'board'
          : undefined
  return role === undefined ? undefined : saying(role)(words, draft, lexis)
}

const them = '(?:them|him|her|it|they|this|that)'
const slot = '(.+?)'
const more: readonly [RegExp, More][] = (
  [
    ['(?:called|named|titled|entitled|with the (?:title|name)|by the name of) (⟦\\d+⟧)', naming],
    [`(?:called|named|titled|entitled|with the (?:title|name)|by the name of|to|for) ${slot}`, naming],
    ['(⟦\\d+⟧)', naming],
    ['about (⟦\\d+⟧)', saying('about')],
    ['assigned to whoever asks', (_, draft, lexis) => (lexis.world.me === undefined ? draft : assigning('me', draft, lexis))],
    [`(?:to (?:the|our) (?:crm|system|database|list) )?as ${slot}`, kinded],
    [`(?:and )?(?:re-?assign|assign|give|allocate|hand) ${them}(?: over)? to ${slot}`, assigning],
    [`(?:and )?(?:re-?assign|assign|give|allocate|hand)(?: over)? to ${slot}`, assigning],
    [
      `(?:of|from|by|under|with) ${slot}`,
      (words, draft, lexis) =>
        isColleague(words, lexis) && !draft.noun?.entities.includes('events')
          ? assigning(words.replace(/'s?(?: name| responsibility| care)?$/, ''), draft, lexis)
          : undefined,
    ],
    [`(?:and )?(?:make|set|put|with|have) ${slot} (?:as )?(?:the|its|their|an?)?(?: new)? ?(?:owner|assignee|responsible|account manager)`, assigning],
    [`(?:and )?set the owner to ${slot}`, assigning],
    [`(?:and )?${slot} is (?:responsible|in charge|the owner|the account manager|responsible for ${them})`, assigning],
    [`(?:to|among) (?:the|our) ((?:lead|customer|client|prospect|contact))s(?: list)?`, kinded],
    [`(?:and )?(?:which |that |who )?(?:is |are |should be |to be |be |need(?:s)? to be |must be )?(?:assigned|allocated|given) to ${slot}`, assigning],
    [`(?:and )?${slot} (?:owns|handles|looks after|takes care of|manages|takes|gets) ${them}`, assigning],
    [`(?:and )?(?:have|let) ${slot} (?:own|handle|look after|take care of|take|manage|deal with|be responsible for|have) ${them}`, assigning],
    [
      `(?:and )?${slot}(?:'s| is|'ll be| will be| should be) the one (?:(?:who|that)(?:'s|'ll| will| is| should)?(?: going to)? )?(?:own(?:ing)?|handl(?:e|es|ing)|look(?:s|ing)? after|tak(?:e|es|ing) care of|tak(?:e|es|ing)(?: on)?|manag(?:e|es|ing)|deal(?:s|ing)? with|in charge of|responsible for) ${them}`,
      assigning,
    ],
    [
      `(?:owned by|under|with owner:?|owner:?) ${slot}`,
      (words, draft, lexis) => assigning(words.replace(/'s?(?: name| responsibility| care)$/, ''), draft, lexis),
    ],
    [
      `(?:and )?(?:who |which |that )?(?:they|he|she|it)?(?:'ll| will| shall| should| is to| are to| is going to)? be (?:handled|owned|managed|looked after|taken care of|covered) by ${slot}`,
      assigning,
    ],
    [`(?:and )?put ${slot} on ${them}`, assigning],
    [`(?:to|on|in|into) ${slot}(?:'s|(?<=s)') (?:customers|leads|clients|prospects|contacts|accounts|list|portfolio|book)`, assigning],
    [`(?:and )?(?:to be |which is |who is |that is |who should be |being )?(?:handled|owned|managed|looked after|taken care of|covered) by ${slot}`, assigning],
    [`(?:and |, ?)?${slot} (?:should|will|is to|is going to|must) (?:own|handle|get|take|look after|manage|be responsible for) ${them}`, assigning],
    [`for ${slot}`, assigning],
    [`(?:with )?(?:an? )?(?:deadline|due date)(?: of| on|:)? ${slot}`, saying('due')],
    [`(?:(?:and )?(?:make|have) ${them} |which is |that is |that's |is )?due(?: on| by| for| in)? ${slot}`, saying('due')],
    [`(?:and )?(?:set|move|put) (?:the|its) (?:deadline|due date) (?:to|for|on) ${slot}`, saying('due')],
    [
      `(?:for|by|on) ${slot}`,
      (words, draft, lexis) =>
        draft.noun?.entities[0] === 'tasks' && readMoment(words, lexis.now) !== undefined ? saying('due')(words, draft, lexis) : undefined,
    ],
    [`(?:on|to|in|for|of) (?:the )?${slot} board`, saying('board')],
    [`(?:the )?(\\S+(?: end)?) board`, (words, draft, lexis) => (draft.noun?.entities[0] === 'tasks' ? listed(words, draft, lexis) : undefined)],
    [
      `(?:in|on|to|into) ${slot}'s backlog`,
      (words, draft, lexis) => {
        const owned = assigning(words, draft, lexis)
        return owned === undefined ? undefined : saying('state')('backlog', owned, lexis)
      },
    ],
    [
      `(?:in|on|to|into) (?:the )?(?:backlog (?:of|on) (?:the )?${slot}(?: board)?)`,
      (words, draft) => ({ ...draft, said: [...draft.said, { role: 'state', words: 'backlog' }, { role: 'board', words }] }),
    ],
    [
      `(?:in|on|to|into) (?:the )?${slot}(?: board's)? backlog`,
      (words, draft) => ({ ...draft, said: [...draft.said, { role: 'state', words: 'backlog' }, { role: 'board', words: words.replace(/'s$/, '') }] }),
    ],
    [`(?:with )?(?:an? )?(high|medium|low|normal|urgent) priority`, saying('priority')],
    [`(?:with )?priority(?: of)? ${slot}`, saying('priority')],
    [
      `(?:and )?(?:who(?:'s| is| are)? |they(?:'re| are) )?(?:interested in|with (?:an |a )?(?:product )?interest(?: in| of|:)?|(?:product )?interest(?: in| of| is|:)?|(?:who |they )?(?:wants?|needs?|would like|asked (?:for|about)|looking for|is looking for)) ${slot}`,
      saying('interest'),
    ],
    [`(?:with|at|in|and set|having) (?:the |a |an )?(?:status|stage|state|list)(?: of| as| to| is)? ${slot}`, saying('state')],
    ['(in progress|in review)', saying('state')],
    [`(?:status|stage) ${slot}`, saying('state')],
    [`in (?:the )?${slot} (?:stage|status|list|column|state)`, saying('state')],
    [
      `(?:in|to|into) (?:the )?${slot}`,
      (words, draft, lexis) =>
        draft.noun?.entities.some((entity) => stateValues(words, entity, lexis) !== undefined) === true ? saying('state')(words, draft, lexis) : undefined,
    ],
    [
      `(?:worth|valued at|with a value of|of) ([$€£]?\\d[\\d.,]*(?:k|m)?(?: ?(?:usd|eur|gbp|dollars|euros))?)`,
      (words, draft) => ({ ...draft, said: [...draft.said, { role: 'field', field: 'value', words }] }),
    ],
    [
      `(?:from|at|of|who works (?:at|for)|working (?:at|for)) ${slot}`,
      (words, draft, lexis) =>
        draft.noun?.entities.some((entity) => entity === 'contacts' || entity === 'leads' || entity === 'opportunities') === true &&
        /^\p{Lu}/u.test(unquoted(words, lexis.quotes)) &&
        // Behind a comma something else is said, unless it is how the company is incorporated.
        !/[,;:](?! (?:inc|llc|ltd|limited|gmbh|corp|co|ag|sa|plc)\b)/i.test(words) &&
        (/^⟦\d+⟧$/.test(words) || !/⟦|'s \p{Ll}|\b(?:who|that|which|is|are|interested|with|and|as|assigned|wants?)\b/u.test(words)) &&
        !isColleague(words, lexis)
          ? saying('company')(words, draft, lexis)
          : undefined,
    ],
    [
      `(?:with |and |his |her |their |the )*(email(?: address)?|phone(?: number)?|mobile|job title|follow[- ]?up(?: (?:by|date))?)(?: is| of| on| by|:)? (\\S+(?: \\S+){0,3}?)`,
      () => undefined,
    ],
    [`(?:saying|that says|with the (?:text|body)|:) (⟦\\d+⟧)`, saying('body')],
    [
      `(?:for|over|of|worth)? ?((?:[$€£]|usd|eur) ?\\d[\\d.,]*(?:k|m)?|\\d[\\d.,]*(?:k|m)? ?(?:usd|eur|gbp|dollars?|euros?|pounds?|[$€£]))`,
      (words, draft) => (draft.noun?.entities[0] === 'opportunities' ? { ...draft, said: [...draft.said, { role: 'amount', words }] } : undefined),
    ],
    [`(?:and )?(?:closing|closes|to close|expected)(?: on| by| in)? ${slot}`, saying('due')],
    [
      `(?:for|with) (?:the (?:company|customer|client) )?${slot}`,
      (words, draft, lexis) =>
        draft.noun?.entities[0] === 'opportunities' && isOrganisation(words, lexis) ? saying('company')(words, draft, lexis) : undefined,
    ],
    [`(?:in|based in|located in|from) ${slot}`, saying('place')],
    // In a list things stand by themselves: "lead, services, assigned to Akira".
    [
      `(?:a |the )?${slot}`,
      (words, draft, lexis) => (/^(?:new )?(?:lead|prospect|customer|client)$/i.test(words) ? kinded(words, draft, lexis) : listed(words, draft, lexis)),
    ],
  ] satisfies readonly (readonly [string, More])[]
).map(([pattern, reader]) => [new RegExp(`^${pattern}$`, 'iu'), reader])

const fielded =
  /^(?:(?:with|and|his|her|their|the|an?|whose)\s+)*(email(?: address)?|phone(?: number)?|mobile(?: number)?|job title|source|rating|probability|close date|industry|follow[- ]?up(?: (?:by|date))?)(?:\s+(?:is|of|on|by|to))?:?\s+(.+)$/i
const filler =
  /^(?:and|also|then|please|,|who|which|that|to (?:the|our) (?:crm|system|database|list|books|pipeline)|in (?:the|our) (?:crm|system|database|pipeline)|on (?:the|our) (?:crm|system)|into (?:the|our) (?:crm|system|database|list|pipeline))$/i

/** Whoever works here is no organisation. */
function isColleague(words: string, lexis: Lexis): boolean {
  const named = readPerson(words.replace(/'s?(?: name| responsibility| care)?$/, ''), lexis)
  return named?.kind === 'several' ? named.options.some(({ userId }) => userId !== undefined) : named?.kind === 'person' && named.person.userId !== undefined
}

function isOrganisation(words: string, { world, quotes }: Lexis): boolean {
  return world.labels.get(fold(unquoted(words, quotes)))?.some(({ entity }) => entity === 'organisations') === true
}

/** Reads the rest of what is said, every word of it. */
export function readMore(text: string, draft: Draft, lexis: Lexis): Draft | undefined {
  if (text === '') return draft
  const words = text.split(' ')
  for (let length = words.length; length > 0; length--) {
    lexis.effort.words -= length
    if (lexis.effort.words <= 0) return undefined
    const first = clean(words.slice(0, length).join(' '))
    const rest = clean(words.slice(length).join(' '))
    if (filler.test(first)) {
      const whole = readMore(rest, draft, lexis)
      if (whole !== undefined) return whole
      continue
    }
    const field = fielded.exec(first)
    if (field !== null && draft.noun !== undefined) {
      const [path, value] = [field[1] ?? '', field[2] ?? '']
      const fits =
        !goesOn(value) &&
        (!value.includes('⟦') || /^⟦\d+⟧$/.test(value)) &&
        draft.noun.entities.some((entity) => {
          const named = fieldNamed(path, entity, lexis)
          return named !== undefined && valueFor(named, value, entity, lexis) !== undefined
        })
      const whole = fits ? readMore(rest, { ...draft, said: [...draft.said, { role: 'field', field: path, words: value }] }, lexis) : undefined
      if (whole !== undefined) return whole
    }
    // An address and a number are a person's before it is said what kind of record they are.
    if (
      field !== null &&
      draft.noun === undefined &&
      /^(?:email|phone|mobile)/i.test(field[1] ?? '') &&
      /^(?:[^\s@]+@[^\s@]+\.[^\s@]+|\+?[\d(][\d\s().-]{5,}\d)$/.test(field[2] ?? '')
    ) {
      const whole = readMore(rest, { ...draft, said: [...draft.said, { role: 'field', field: field[1] ?? '', words: field[2] ?? '' }] }, lexis)
      if (whole !== undefined) return whole
    }
    for (const [pattern, reader] of more) {
      if (reader === naming) continue
      const match = pattern.exec(first)
      const next = match === null ? undefined : reader(match[1] ?? '', draft, lexis)
      if (next === undefined || !means(next, lexis)) continue
      const whole = readMore(rest, next, lexis)
      if (whole !== undefined) return whole
    }
  }
  return readNaming(words, draft, lexis)
}

/** The shortest name after which everything else is understood. */
function readNaming(words: readonly string[], draft: Draft, lexis: Lexis): Draft | undefined {
  for (let length = 1; length <= words.length; length++) {
    lexis.effort.words -= length
    if (lexis.effort.words <= 0) return undefined
    const first = clean(words.slice(0, length).join(' '))
    for (const [pattern, reader] of more) {
      const match = reader === naming ? pattern.exec(first) : null
      const next = match === null ? undefined : naming(match[1] ?? '', draft, lexis)
      const whole = next === undefined ? undefined : readMore(clean(words.slice(length).join(' ')), next, lexis)
      if (whole !== undefined) return whole
    }
    // Behind a colon or the owner a name stands by itself: "for Sofia: Robin Castle".
    const bare = words.slice(0, length)
    const isBare =
      length > 1 && length < 5 && draft.name === undefined && draft.noun?.entities.includes('contacts') === true && bare.every((word) => /^\p{Lu}/u.test(word))
    const whole = isBare && isPersonsName(first) ? readMore(clean(words.slice(length).join(' ')), { ...draft, name: first }, lexis) : undefined
    if (whole !== undefined) return whole
  }
  return undefined
}
