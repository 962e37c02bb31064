import { clean } from './message.ts'
import { withPlainVerb } from './verbs.ts'

const openings: readonly RegExp[] = [
  /^(?:clean[- ]?up|quick (?:one|thing|request|question)|one (?:more|last) thing|small request|request):\s+/i,
  /^(?:please|pls|plz|kindly|hey|hi|hiya|hello|ok|okay|so|then|now|also|and|but|just|well|thanks|thank you|sorry|alright|right|yes|yeah|no|oh|btw|by the way|chatsg|assistant|team|quickly|next|first|finally|after that|afterwards|in addition|additionally|great|perfect|cool)\b[,!:]*\s*/i,
  /^(?:can|could|would|will|can't|couldn't|may) (?:you|we|i|u|someone|somebody)(?: please| also| just| maybe| quickly| then| kindly| possibly| perhaps)*(?: go ahead and| help me| help me to| be so kind as to| be so kind to)?\s+/i,
  /^(?:i|we)(?:'d| would|'ll| will)?(?: really| just| also| still)? (?:like|want|need|have|love|wish)(?: you| us| someone| somebody)? to\s+(?!(?:win|lose|keep)\b)/i,
  /^(?:(?:can|could) we|we can(?: now| safely)?)\s+(?!not\b)/i,
  /^to (?=(?:shift|move|make|add|create|send|write|delete|cancel|change|update|set|put|remind|book|schedule|mark|assign)\b)/i,
  /^i(?:'d| would) be (?:very |so )?(?:grateful|glad|happy|thankful) if you(?: could| would)?\s+/i,
  /^i(?:'d| would)? appreciate it if you(?: could| would)?\s+/i,
  /^(?:it would be|it'd be|would be|it'll be) (?:very |really |so )?(?:great|nice|good|lovely|helpful|cool|handy|useful|wonderful|fantastic|appreciated|best|kind) if (?:you|we|someone|somebody|anyone|anybody|u)(?: (?:could|can|would|were to))?\s+/i,
  /^(?:(?:is there )?any chance (?:that )?(?:you|someone|somebody|we) (?:could|can|might)|would (?:you|someone|somebody) be able to|would (?:you|someone|somebody) be so kind as to|do me (?:a|the) favou?r and|(?:when|if|once) you (?:get|have|find) (?:a|the|some) (?:chance|minute|moment|sec|second|time),?(?: (?:can|could|would) you)?|at your (?:earliest )?convenience,?|(?:i|we) (?:was|were) hoping you (?:could|can|would))\s+/i,
  /^(?:i was wondering if you (?:could|can)|is it possible to|is it possible for you to|i need your help to|it's time to|time to|you (?:can|should|may|need to|have to)|i think (?:we|you) (?:should|can)|we should|let's|let us|go ahead and|make sure (?:to|you|that you)|be sure to|remember to|don't forget to|do not forget to|try to|feel free to|in the (?:crm|calendar|system)|in (?:my|the|our) (?:crm|calendar|system|inbox|email))\b[,:]?\s*/i,
]
const endings: readonly RegExp[] = [
  /[,\s]+(?:please|pls|plz|for me|for us|thanks|thank you|thx|cheers|asap|right away|immediately|now|as soon as (?:possible|you can)|if you (?:can|could|don't mind)|will you|would you|can you|could you|ok|okay|today please|then|too|again|instead|as well|if possible|accordingly|from now on|going forward)[!.]*$/i,
]
const gerund =
  /^(?:(?:(?:would|do) you )?mind|take care of|see to|go ahead with|(?:clean|tidy)(?: up)? (?:the|our|my) (?:crm|calendar|inbox|database) by) (\w+ing)\b\s*(.*)$/i

const bases =
  'move|reassign|assign|transfer|give|hand|delete|remove|erase|cancel|add|create|update|change|mark|set|rename|push|postpone|delay|schedule|book|reschedule|forward|send|reply|pass|switch|shift|drop|close|complete|extend|shorten|invite|register|enter|record|promote|demote|reopen|archive|share'.split(
    '|',
  )

/** "Moving" is of "move". */
function baseOf(word: string): string | undefined {
  const stem = word.toLowerCase().replace(/ing$/, '')
  return bases.find((base) => base === stem || base.replace(/e$/, '') === stem || `${base}${base.at(-1)}` === stem)
}

/** Without the courtesies before it; what stands at its end is left as it is. */
export function withoutOpenings(sentence: string): string {
  let said = sentence.trim()
  for (let before = ''; before !== said; ) {
    before = said
    for (const opening of openings) said = said.replace(opening, '')
  }
  return said
}

/** The instruction itself, without the courtesies around it. */
export function withoutCourtesies(sentence: string): string {
  let said = clean(sentence)
  for (let before = ''; before !== said; ) {
    before = said
    for (const opening of openings) said = said.replace(opening, '')
    for (const ending of endings) said = said.replace(ending, '')
    const minded = gerund.exec(said)
    const base = minded === null ? undefined : baseOf(minded[1] ?? '')
    if (base !== undefined) said = `${base} ${minded?.[2] ?? ''}`
    said = clean(said)
  }
  return withPlainVerb(said)
}

/** "We're moving Dakota Wilson to Raj" as the instruction it becomes when somebody is asked to do so. */
export function announced(sentence: string): string | undefined {
  const match = /^(?:we|i)(?:'re| are|'m| am|'ve been)(?: now| going to be| currently)? (\w+ing)\s+(.+)$/i.exec(clean(sentence))
  const planned = /^(?:we|i)(?:(?:'re| are|'m| am) (?:going|about|planning)|(?:'ve| have)? (?:decided|agreed|plan|planned)) to (.+)$/i.exec(
    clean(sentence),
  )?.[1]
  if (planned !== undefined && bases.some((base) => base === planned.split(' ')[0]?.toLowerCase())) return planned
  const base = match === null ? undefined : baseOf(match[1] ?? '')
  return base === undefined ? undefined : `${base} ${match?.[2] ?? ''}`
}

const confirming =
  /^(?:(?:do|make|change|handle|take care of|arrange|sort out|sort|action|process|apply|see to|record|reflect|update|schedule|book|carry out|execute|help(?: me)? with|get) )?(?:(?:that|this|it|so|those|these|the)(?: (?:change|update|adjustment|switch|happen|done|cancellation|move|so|out))?s?|the crm|that happen|it done|changes?)(?: (?:for me|for us|in|into|on|to|with) .*)?$/i

/** "Can you do that for me?": what was announced is to be done. */
export function confirms(instruction: string): boolean {
  return (
    confirming.test(instruction) &&
    /^(?:do|make|change|handle|take|arrange|sort|action|process|apply|see|record|reflect|update|carry|execute|help|get|schedule|book|cancel it$)\b/i.test(
      instruction,
    )
  )
}

const verbs =
  /^(?:strike|expunge|insert|loop|copy|fix|trim|throw|chuck|scratch|jot down|thank|pencil|shift|flag|tick|retitle|relabel|raise|bump|delegate|allocate|reset|correct|amend|adjust|edit|modify|sign off|find (?:the|my|an?) (?:first|next|earliest|soonest|free)|split|divide|answer|delete|del|upgrade|downgrade|demote|promote|qualify|re-?open|revive|follow up with|convert|remove|erase|get rid of|purge|cancel|call off|re-?assign|assign|transfer|hand over|give|move|change|set|update|mark|rename|add|create|make (?:an?|the)|put|wipe|erase|trash|discard|drop|postpone|schedule|book|set up|arrange|re-?schedule|push|postpone|delay|bring forward|extend|shorten|invite|send|email(?= \S)|write|reply|respond|forward|complete|close|clear|merge|link|unlink|tag|untag|log|scrap|bin|switch|return|finish|wrap up|swap|take (?:\p{L}+ ){1,4}from|register|replace|cut|clean (?:out|up)|(?:take|get|pull) (?:them|him|her|it|.{3,40}) (?:out|off)\b|set (?:them|him|her|\p{L}+ \p{L}+) up as\b|inform \S+|notify \S+|free up|bring|swap|exchange|defer|put off|assign|get back to|let \S+ (?:know|take|own|handle|look|have)|tell \S+ (?:⟦|that)|enter|enroll|hand|share|pass|reschedule|call (?:off|.+ ⟦))\b/iu

const participles: Readonly<Record<string, string>> = {
  given: 'give',
  sent: 'send',
  set: 'set',
  put: 'put',
  written: 'write',
  struck: 'strike',
  taken: 'take',
  thrown: 'throw',
  made: 'make',
}

/** "Customers who … should be moved to lost" as the instruction it is. */
export function activeOf(said: string): string | undefined {
  const match =
    /^(.+?) (?:should|must|needs? to|has to|have to|ought to|can|(?:is|are) to) (?:now )?be (\w+)(?: (.+))?$/i.exec(said) ??
    /^(?:i|we)(?: want| need| would like|'d like) (.+?) (?:to be )?(\w+ed|given|sent|struck|taken|thrown)(?: (.+))?$/i.exec(said) ??
    /^(?:get|have) (.+?) (\w+ed|given|sent)(?: (.+))?$/i.exec(said) ??
    /^(?:can|could|may) (.+?) (?:please |now )?be (\w+)(?: (.+))?$/i.exec(said)
  const called =
    /^(.+?) (?:should|must|needs to|has to|is to|is going to|are going to|will from now on) (?:now )?be (?:called|named|renamed|titled|known as)(?: to)? (?!(?:off|by|back|again|on|at)\b)(.+)$/i.exec(
      said,
    ) ??
    // "Can the next sync be called Quick Sync?" gives a name; who is to be called by somebody gets none.
    /^(?:[Cc]an|[Cc]ould|[Mm]ay) (.+?) (?:please )?be (?:called|named|renamed|titled)(?: to)? (?=\p{Lu}|⟦|\d)(.+)$/u.exec(said)
  if (called !== null) return `rename ${called[1]} to ${(called[2] ?? '').replace(/ (?:instead|from now on|now)$/i, '')}`
  const owned = /^(.+?) (?:should|must|will|needs? to|has to) (?:now )?(?:belong|go)(?: over| back)? to (.+)$/i.exec(said)
  if (owned !== null) return `reassign ${owned[1]} to ${owned[2]}`
  const word = match?.[2]?.toLowerCase() ?? ''
  const base =
    participles[word] ??
    bases.find((one) => word === `${one}ed` || word === `${one}d` || word === `${one}${one.at(-1)}ed` || word === `${one.replace(/y$/, '')}ied`)
  // "Marked lost" is marked as lost.
  const state = /^(?:mark|set)$/.test(base ?? '') && /^(?!(?:to|as|into|in|on|back|up|down|over)\b)\S/i.test(match?.[3] ?? '') ? 'as ' : ''
  return match === null || base === undefined ? undefined : clean(`${base} ${match[1]} ${state}${match[3] ?? ''}`)
}

/** It goes on with another instruction, so it is no name or value. */
export function goesOn(text: string): boolean {
  return [...text.matchAll(/\b(?:and|then|,)\s+/gi)].some(({ index, 0: joint }) => isInstruction(withoutCourtesies(text.slice(index + joint.length))))
}

/** "Give the total value by owner": a figure is asked for, and handed to nobody. */
const givesFigure =
  /^give (?:(?:the|an?|his|her|their|my|our|\S+(?: \S+)?['’]s) )?(?:total|overall|average|mean|median|numbers?|counts?|sum|share|percentage|revenue|sales|forecast|list|names?|top|breakdown|highest|lowest|win rates?|conversion rates?)\b(?!.*\bto\b)/i

/** It is meant as an instruction to change something, whether or not it is understood. */
export function isInstruction(instruction: string): boolean {
  return (
    verbs.test(instruction) &&
    !givesFigure.test(instruction) &&
    !/^(?:return (?:all|the|an?|only|every)|let (?:me|us) (?:know|see))\b/i.test(instruction) &&
    !/^(?:give|send|show|make|write) (?:me|us)\b|^(?:set|list|move|close|email|book|change|address|update|mark|clear|share)(?: of| date| rate|s\b)|^(?:add up|write (?:down|me)|make sense|make sure|email address)/i.test(
      instruction,
    )
  )
}
