import type { Lexis } from './lexis.ts'
import { clean } from './message.ts'
import { spanPattern } from './moments.ts'
import { personsIn } from './people.ts'
import { withoutCourtesies } from './polite.ts'
import { recorded } from './stated.ts'

/** "We no longer need to keep them" spares nothing. */
const needless = /\b(?:no longer|don't|do not|doesn't|needn't|no need|not|never)\b[^|]*?\b(?:keep|retain|hold on to)\b/gi
/** Something is to stay as it is. */
const spares =
  /(?:^|\|\s*|\b(?:want|need|like|have|should|must) (?:to )?)(?:please )?(?:keep|leave|spare|retain|hold on to|don't (?:touch|delete|change|cancel|move)|do not (?:touch|delete|change|cancel|move))\b/i

/** Somebody was spoken of whom the instruction neither names nor means by "them": what it leaves out may have been meant. */
export function leavesOut(text: string, before: string, lexis: Lexis): boolean {
  if (limits(text, before) || spares.test(before.replace(needless, ''))) return true
  if (recorded(withoutCourtesies(text), before).length > 0) return false
  // "The tasks that are in review" points at nobody.
  const pointing = text.replace(/(?<=\p{L} )(?:that|which|who) (?=(?:are|is|were|was|have|has|haven't|hasn't|had|aren't|isn't|i|we)(?![\p{L}']))/giu, '')
  if (
    before === '' ||
    /\b(?:them|they|he|she|their|him|her|his|it|its|those|these|that|this|both|our|ones|attendees|sender|everyone|make|do)\b/i.test(pointing)
  )
    return false
  if (/^(?:reply|respond|answer|write back|get back|say ⟦)/i.test(withoutCourtesies(text))) return false
  if (
    /^(?:re-?assign|update|change|forward)$|^(?:delete|remove|erase|cancel|complete|close)(?: (?:from|in|out of) (?:(?:the|our|my) )?(?:crm|system|calendar|database))?$|^(?:re-?assign|assign|move|transfer|hand|hand over|pass|mark|set|switch) (?:over )?(?:to|as|into) /i.test(
      withoutCourtesies(text),
    ) ||
    /\b(?:schedule|book|create|set up|arrange|organi[sz]e|plan|(?:add|put|make) .*\b(?:event|meeting|call|appointment))\b/i.test(text)
  )
    return false
  const named = new Set(personsIn(text, lexis).map(({ name }) => name))
  return personsIn(before, lexis).some(({ name }) => !named.has(name))
}

const times =
  /\b(?:today|tomorrow|tonight|(?:this|next|the (?:whole|rest of the)) (?:week|month|morning|afternoon)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\p{L}* \d)/iu

const ofNoDay =
  /\b(?:my|our|the|that|this) (?:(?:first|last) )?(?:meeting|event|appointment|call)$|\b(?:my|our|the) (?:first|last) (?:meeting|event|appointment|call)\b/i

/** "I'm sick tomorrow. Cancel all my meetings": those of that day alone are meant, and it does not say so. */
export function limits(text: string, before: string): boolean {
  return (
    times.test(before) &&
    !times.test(text) &&
    (ofNoDay.test(withoutCourtesies(text).replace(/ by .+$/i, '')) ||
      /^(?:(?:cancel|delete|remove|drop|clear|call off|move|push|postpone|delay|re-?schedule)\b.*\b(?:meetings|events|appointments|calls|calendar|everything)\b|(?:cancel|delete|remove|drop|clear|push|postpone|delay|re-?schedule)\b.*\btasks\b)/i.test(
        withoutCourtesies(text),
      ))
  )
}

const reason =
  /(?:,?\s+(?:because|since|as)\s+(?:he|she|they|it|we|i|there|\p{Lu}\p{Ll}+)\b|,\s+(?:he|she|they|it|we|i)(?:'ll|'s|'re|'ve|'m| will| is| are| has| have| can| want| wants| need| needs| don't| doesn't| went| left| moved| died| retired| stopped| quit| closed| churned| bought| signed| asked| told| said| never)\b)(?<why>.+)$/u

/** Without the reason given for it, when the reason puts no terms. */
export function withoutReason(text: string): string | undefined {
  const match = reason.exec(text)
  // With us or by us anything may be done.
  const why = (match?.groups?.why ?? '').replace(
    / (?:with|by|from|to) (?:us|me|our (?:company|team|business)|(?:an?|another|some other|the) (?:\S+ )?(?:competitor|supplier|vendor|provider|company|firm|agency))\b/gi,
    '',
  )
  if (match === null || /\b(?:if|unless|except|but|only|not|when|until|or|assigned|due|called|named|interested|with|by)\b|⟦|\d/i.test(why)) return undefined
  return clean(text.slice(0, match.index))
}

/** "Tomorrow morning I'm at the dentist": where somebody is then. */
const away =
  /^(?:today|tomorrow|tonight|next \S+|on \S+(?: \d+)?|this (?:morning|afternoon|week))(?: (?:morning|afternoon|evening))?,? (?:i|we|\S+)(?:'m|'re|'s| am| are| is|'ll be| will be) (?!\S+ing to\b)/i

/** It says what is so now, and not when or on what terms. */
export function states(text: string): boolean {
  return (
    (away.test(text) ||
      !/^(?:(?:and|but|so|then|only)\s+)?(?:if|when(?:ever)?|once|unless|until|after|before|as soon as|every|each|in case|assuming|provided|suppose|should|next|tomorrow|tonight|later|on|by|at|starting|from|while|as long as|in|for|depending|whether)\b/i.test(
        text,
      )) &&
    /\s/.test(text) &&
    !/^(?:do not|don't|never|avoid|stop|not)\b/i.test(text)
  )
}

/** "We need a new design task: 'Sketch the page' …" asks for one. */
export function spokenNeed(text: string): string {
  const meeting = /^(?:i|we)(?:'d like| would like| want| need) (an? (?:[\p{L}\p{N}.-]+ ){0,5}?(?:meeting|call|event|appointment|session) with .+)$/iu.exec(
    text,
  )?.[1]
  if (meeting !== undefined) return `schedule ${meeting}`
  const time = new RegExp(`^(?:i|we)(?:'d like| would like|'d love| would love| want| need|'d need) (${spanPattern} with .+)$`, 'iu').exec(text)?.[1]
  if (time !== undefined) return `schedule ${time.replace(/: /, ' ')}`
  const letter = /^(?:i|we)(?:'d like| would like|'d love| want| need) (an? (?:\S+ )?e?mail) to (?:go|be sent)(?: out| off| over)? to (.+)$/i.exec(text)
  if (letter !== null) return `send ${letter[1]} to ${letter[2]}`
  const awaited =
    /^(\S+) (?:is|are)(?: still)? waiting for (?:an?|my|your) (?:reply|answer|response) (?:to|on) (?:her|his|their) ((?:last|latest|newest|most recent) )?(e?mail|message):? (⟦\d+⟧)$/iu.exec(
      text,
    )
  if (awaited !== null) return `reply to ${awaited[1]}'s ${awaited[2] ?? 'latest '}${awaited[3]} with ${awaited[4]}`
  // "'Kick-off' would be a better name for the next initiation meeting."
  const name =
    /^(⟦\d+⟧) (?:would|might|will|should) be (?:an?|the) (?:better|good|nicer|more fitting|fitting|new|great) (?:name|title) for (.+?)(?:,? (?:so |and )?(?:please )?(?:change|rename|update) (?:it|that))?$/i.exec(
      text,
    )
  if (name !== null) return `rename ${name[2]} to ${name[1]}`
  const task = /^(\S+(?: \S+)?) needs (an? (?:new )?(?:[\p{L}-]+ ){0,3}(?:task|ticket|to-?do))[:,]? (⟦\d+⟧)(.*)$/iu.exec(text)
  if (task !== null && !/^(?:we|i)$/i.test(task[1] ?? '')) return `create ${task[2]} called ${task[3]} for ${task[1]}${task[4]}`
  return text.replace(
    /^(?:we|i)(?:'ll| will)?(?: also)? need (?=(?:an?|another) (?:[\p{L}-]+ ){0,3}(?:task|ticket|to-?do|meeting|event|call)\b.*⟦)/iu,
    'create ',
  )
}
