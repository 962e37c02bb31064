import { clean } from '#backend/modules/planner/commands/message.ts'
import { mayGoOn } from './tasks.ts'
import { aside, firstOf, type Rewording, type Saying, saying, type Wording } from './wording.ts'

/** A record, an address or a person, before the words of a note or a mail. */
const whom = '([^:⟦]{2,80}?)'
const noteNoun = '(?:new |quick |short |little )?(?:note|comment|memo)'
const says = '(?:(?:,? (?:saying|stating|reading|that says|which says|with the text|as follows))(?: that)?:?|:|,? that| [–-])'
const mail = '(?:new |quick |short |brief )*(?:e-?mail|mail|message|line|note)'
const about = '(?:,? (?:with (?:the )?(?:subject|title)(?: line)?:?|subject(?: line)?:?|titled|about|regarding|re:?) ([^:]{2,80}?))?'
const telling =
  '(?:,? (?:and )?(?:saying|say|that says|stating|telling (?:him|her|them)|tell (?:him|her|them)|let (?:him|her|them) know|(?:with )?the (?:text|body|message))(?: that)?:?|:|,? that)'
const courteous = /^(?:please |kindly )?to (?=(?:make|add|write|put|send)\b)/i

/** The words of a note or a mail are what stands behind, as they stand there. */
function worded(body: string, wording: Wording): string | undefined {
  const text = clean(body.replace(/^⟦(\d+)⟧\.?$/, '⟦$1⟧'))
  // Quotations with more around them may be of another instruction.
  if (text === '' || (/⟦/.test(text) && !/^⟦\d+⟧$/.test(text))) return undefined
  return /^⟦\d+⟧$/.test(text) ? text : aside(body.trim(), wording)
}

const noted = (record: string, body: string, wording: Wording, kind = 'note'): string | undefined => {
  const text = worded(body, wording)
  const target = clean(record)
    .replace(/^(?:her|his|their|its) (?:record|profile|file|card|account|page|entry|notes)$/i, 'them')
    .replace(/^(?:the )?(?:notes?|record|file|profile|page|timeline|history|card|entry) (?:of|for|on) /i, '')
  return text === undefined ? undefined : `add a ${kind} to ${target} saying ${text}`
}

const mailed = (to: string, subject: string, body: string, wording: Wording): string | undefined => {
  const text = worded(body, wording)
  if (text === undefined || /^(?:me|us|myself|him or her)$/i.test(to)) return undefined
  const title = clean(subject.replace(/,? and$/i, ''))
  const mark = title === '' ? '' : ` titled ${/^⟦\d+⟧$/.test(title) ? title : aside(title, wording)}`
  return `send an email to ${clean(to)}${mark} saying ${text}`
}

const kindOfCall = (noun: string) => (/visit/i.test(noun) ? 'visit' : 'call')

const sayings: readonly Saying[] = [
  saying(
    `(?:add|make|put|leave|log|write|create|attach|enter|record|save|drop)(?: me)?(?: an?| the| this| one)? ${noteNoun}(?: down)?,? (?:to|on|for|with|about|against|under|at|by|in) ${whom}${says} _`,
    ([record = '', body = ''], wording) => noted(record, body, wording),
  ),
  saying(
    `(?:add|make|put|leave|log|write|create|attach|save)(?: an?| the| this)? ${noteNoun}:? (⟦\\d+⟧) (?:to|on|for|with|about|under|at|by) ${whom}`,
    ([text = '', record = '']) => `add a note to ${record} saying ${text}`,
  ),
  saying(
    `(?:an? )?${noteNoun}(?: down)?,? (?:to|on|for|about|against|at|by|in)? ?${whom}(?::|,? that|,? saying(?: that)?) _`,
    ([record = '', body = ''], wording) => (/^(?:that|down|the following|this)\b/i.test(record) ? undefined : noted(record, body, wording)),
  ),
  saying(
    `(?:note|write|jot|put|record|register|keep|mark)(?: it)? (?:down )?(?:on|in|for|at|about|under|against|with) ${whom}(?::|,? that) _`,
    ([record = '', body = ''], wording) => noted(record, body, wording),
  ),
  saying(`(?:note|jot|write) down (?:on|in|for|about|at|under) ${whom}(?::|,? that) _`, ([record = '', body = ''], wording) => noted(record, body, wording)),
  saying(
    `(?:add|write|put|append)(?: this| it| the following)? (?:to|in|into) the notes? (?:of|for|on|about) ${whom}(?::|,? that) _`,
    ([record = '', body = ''], wording) => noted(record, body, wording),
  ),
  saying(
    `(?:log|record|enter|register|save|document)(?: an?| my| the| this)? (call|phone call|visit|meeting|conversation|chat)(?: (?:with|to|at|from|by))? ${whom}(?::|,? saying(?: that)?|,? that| [–-]|,) _`,
    ([kind = '', record = '', body = ''], wording) => noted(record, body, wording, kindOfCall(kind)),
  ),
  saying(
    `(call|phone call|visit|meeting) (?:log|report|notes?|protocol|with|at)(?: (?:for|on|with|at|of))? ${whom}: _`,
    ([kind = '', record = '', body = ''], wording) => noted(record, body, wording, kindOfCall(kind)),
  ),
  saying(
    `(?:send|write|shoot|drop|compose|fire off|draft)(?: an?| the)? ${mail} to ${whom}${about}${telling} _`,
    ([to = '', subject = '', body = ''], wording) => mailed(to, subject, body, wording),
  ),
  saying(`(?:send|write|shoot|drop) ${whom} an? ${mail}${about}${telling} _`, ([to = '', subject = '', body = ''], wording) =>
    mailed(to.replace(/^to /i, ''), subject, body, wording),
  ),
  saying(`(?:e-?mail|mail|message|write to|write|text) ${whom}${about}${telling} _`, ([to = '', subject = '', body = ''], wording) =>
    /^(?:an?|the|this|down|it)\b/i.test(to) ? undefined : mailed(to, subject, body, wording),
  ),
  saying(`(?:let ${whom} know|inform ${whom}|notify ${whom}|tell ${whom})(?: by (?:e-?mail|mail))?,? (?:that|:) ?_`, (groups, wording) => {
    const to = groups.slice(0, 4).find((one) => one !== '') ?? ''
    return /^\p{Lu}/u.test(to) ? mailed(to, '', groups[4] ?? '', wording) : undefined
  }),
  saying(
    `(?:reply|respond|answer|write back)(?: to)? (${whom.slice(1, -1)}\\b(?:e-?mail|mail|message)\\b[^:⟦]{0,60}?)(?::|,? saying(?: that)?|,? that|,? with|,? and say(?: that)?) _`,
    ([target = '', body = ''], wording) => {
      const text = worded(body, wording)
      return text === undefined ? undefined : `reply to ${clean(target)} with ${text}`
    },
  ),
]

/** "Spoke to Bo, he wants a quote: add that as a note", over its sentences. */
export const notedConversation = firstOf([
  saying(
    `(?:i |we |just )*(?:spoke|talked|chatted|met|had an? (?:good |great |quick |short |nice |long )*(?:call|chat|meeting|talk|conversation))(?: to| with)? ${whom}(?: (?:today|yesterday|just now|this morning))*[,:;.] (.+?)[,.;]?(?: [–-])? (?:and )?(?:please |can you |could you )*(?:add|put|log|save|write|note|keep|record) (?:that|it|this)(?: down)?(?: (?:as|in) (?:an? |the )?notes?)?(?: please)?`,
    ([record = '', body = ''], wording) => noted(record, body, wording),
  ),
])

const read = firstOf(sayings)

/** A sentence that says a note or a mail without quotation marks. */
export const letterInSentence: Rewording = (said, wording) => (mayGoOn(said) ? undefined : read(said.replace(courteous, ''), wording))

/** "Drop Carlos a line. Subject: …, text: …" */
const labelled = firstOf([
  saying(
    `(?:send|write|shoot|drop|e-?mail|mail|message|write to|text)(?: an? ${mail} to)? ${whom}(?: an? ${mail})?[.,;:]? (?:with (?:the )?)?(?:subject|title)(?: line)?: ([^:⟦]{1,80}?)[,.;]? (?:and )?(?:the )?(?:text|body|message|content): _`,
    ([to = '', subject = '', body = ''], wording) => mailed(to, subject, body, wording),
  ),
])

/** What stands behind a colon or a dash is the text to its end, over all its sentences. */
export function letterToTheEnd(said: string, wording: Wording): string | undefined {
  const both = labelled(said, wording)
  if (both !== undefined) return both
  const colon = /:\s|\s[–-]\s/.exec(said)
  if (colon === null) return undefined
  const [head, body] = [said.slice(0, colon.index), said.slice(colon.index)]
  // A sentence before it has its own full stop.
  if (/[.?!]\s/.test(head)) return undefined
  const other = read(`${head.replace(courteous, '')}${body.replace(/^\s-/, ' –')}`, wording)
  return other !== undefined && /⟦\d+⟧$/.test(other) ? other : undefined
}
