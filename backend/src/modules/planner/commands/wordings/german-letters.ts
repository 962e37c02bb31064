import { clean } from '#backend/modules/planner/commands/message.ts'
import { recordsOf } from './german-words.ts'
import { aside, firstOf, type Saying, saying, type Wording } from './wording.ts'

const whom = '([^:⟦]{2,80}?)'
const mail = '(?:eine[nr]? )?(?:neue |kurze |schnelle )*(?:e-?mail|mail|nachricht)'
const note = '(?:eine[nr]? |die |diese |folgende )?(?:neue |kurze )*(?:notiz|anmerkung|kommentar|vermerk)'
const at = '(?:zu|zum|zur|bei|beim|für|an|über)'
const says = '(?:,? dass|:|,? mit dem (?:text|inhalt):?)'
const subject = '(?:,? (?:mit )?(?:dem )?betreff:? ([^:]{2,80}?)|,? (?:über|wegen|zum thema) ([^:]{2,80}?))?'
const text = '(?:,?(?: und)?(?: mit)?(?: dem)? (?:text|inhalt):?|,? (?:und )?(?:sag|schreib|teile?)e? (?:ihm|ihr|ihnen)(?: mit)?[,:]?(?: dass)?|:|,? dass)'

function worded(body: string, wording: Wording): string | undefined {
  const said = clean(body)
  if (said === '' || (/⟦/.test(said) && !/^⟦\d+⟧$/.test(said))) return undefined
  return /^⟦/.test(said) ? said : aside(body.trim(), wording)
}

function noted(record: string, body: string, wording: Wording, kind = 'note'): string | undefined {
  const said = worded(body, wording)
  const target = /^(?:ihr|ihm|ihnen)$/i.test(record) ? 'them' : recordsOf(record)
  return said === undefined ? undefined : `add a ${kind} to ${target} saying ${said}`
}

function mailed(to: string, about: string, body: string | undefined, wording: Wording): string | undefined {
  const said = body === undefined ? undefined : worded(body, wording)
  if ((body !== undefined && said === undefined) || /^(?:mir|uns|mich)$/i.test(to)) return undefined
  const title = clean(about.replace(/,? und$/i, ''))
  const titled = title === '' ? '' : ` titled ${/^⟦\d+⟧$/.test(title) ? title : aside(title, wording)}`
  return `send an email to ${recordsOf(to).replace(/^the contact /, '')}${titled}${said === undefined ? '' : ` saying ${said}`}`
}

const write = '(?:schreib|schick|send|verfass|mail)(?:e|en sie)?'
const add = '(?:füg|schreib|mach|leg|erstell|hinterlass|trag|häng|speicher)(?:e|en sie)?'

const sayings: readonly Saying[] = [
  saying(`(?:neue )?(?:notiz|anmerkung|vermerk) ${at} ${whom}${says} _`, ([record = '', body = ''], wording) => noted(record, body, wording)),
  saying(`${add} ${at} ${whom} ${note}(?: hinzu| an| dazu| ein)?${says} _`, ([record = '', body = ''], wording) => noted(record, body, wording)),
  saying(`${add} ${note} ${at} ${whom}(?: hinzu| an| ein)?${says} _`, ([record = '', body = ''], wording) => noted(record, body, wording)),
  saying(`(?:notier|vermerk|halt|schreib)(?:e|en sie)?(?: dir| mir)? ${at} ${whom}(?: auf| fest)?${says} _`, ([record = '', body = ''], wording) =>
    noted(record, body, wording),
  ),
  saying(`(?:anruf|telefonat|besuch|gespräch) (?:mit|bei) ${whom}(?: notieren| eintragen| festhalten)?: _`, ([record = '', body = ''], wording) =>
    noted(record, body, wording, 'call'),
  ),
  saying(
    `(?:protokollier|trag|log|notier)(?:e|en sie)? (?:einen |ein |den |das )?(?:anruf|telefonat|besuch|gespräch) (?:mit|bei|von) ${whom}(?: ein)?: _`,
    ([record = '', body = ''], wording) => noted(record, body, wording, 'call'),
  ),
  saying(`${write} ${mail} an ${whom}${subject}${text} _`, ([to = '', title = '', about = '', body = ''], wording) =>
    mailed(to, `${title}${about}`, body, wording),
  ),
  saying(`${write} ${whom} ${mail}${subject}${text} _`, ([to = '', title = '', about = '', body = ''], wording) =>
    mailed(to, `${title}${about}`, body, wording),
  ),
  saying(`(?:neue )?(?:e-?mail|mail) an ${whom}${subject}${text} _`, ([to = '', title = '', about = '', body = ''], wording) =>
    mailed(to, `${title}${about}`, body, wording),
  ),
  saying(`${write} ${mail} an ${whom}${subject}`, ([to = '', title = '', about = ''], wording) => mailed(to, `${title}${about}`, undefined, wording)),
  saying(`${whom} (?:schreiben|mailen),? dass _`, ([to = '', body = ''], wording) => mailed(to, '', body, wording)),
  saying(`antwort(?:e|en sie)? (?:auf|an) ${whom}(?:: |, dass | mit )_`, ([target = '', body = ''], wording) => {
    const said = worded(body, wording)
    const mailed = mailSaid(target)
    return said === undefined || mailed === undefined ? undefined : `reply to ${mailed} with ${said}`
  }),
  saying(`(?:leit|schick|send)(?:e|en sie)? ${whom} an _ weiter`, ([target = '', to = '']) => {
    const mailed = mailSaid(target)
    return mailed === undefined ? undefined : `forward ${mailed} to ${to}`
  }),
]

/** "Die letzte Mail von Rose" in English. */
function mailSaid(said: string): string | undefined {
  const match = /^(?:die |meine |auf die )?(letzte[nr]? |neueste[nr]? |jüngste[nr]? )?(?:e-?mail|mail|nachricht) von (.+)$/iu.exec(said)
  return match === null ? undefined : `the ${match[1] === undefined ? '' : 'last '}email from ${match[2]}`
}

const read = firstOf(sayings)

/** A German sentence that says a note or a mail, or asks to answer or forward one. */
export const germanLetter = read

/** What stands behind a colon is the text to its end. */
export function germanLetterToTheEnd(said: string, wording: Wording): string | undefined {
  const colon = /:\s/.exec(said)
  if (colon === null || /[.?!]\s/.test(said.slice(0, colon.index))) return undefined
  const other = read(said, wording)
  return other !== undefined && /⟦\d+⟧$/.test(other) ? other : undefined
}
