import { clean } from '#backend/modules/planner/commands/message.ts'
import { personSaid } from './drafts.ts'
import { germanLetter } from './german-letters.ts'
import { fieldOf, fieldPattern, germanWhen, personOf, recordsOf, spanOf, valueIn } from './german-words.ts'
import { type TaskWords, taskSaid } from './tasks.ts'
import { firstOf, type Rewording, type Saying, saying, type Wording } from './wording.ts'

const openings: readonly RegExp[] = [
  /^(?:bitte|hallo|hi|hey|guten (?:morgen|tag|abend)|okay|ok|und|dann|auch|super|danke|toll|ach|übrigens|jetzt|noch|mal|chatsg)(?!\p{L})[,!:]*\s+/iu,
  /^(?:kannst|könntest|würdest|magst|kann|könnten|würden|können) (?:du|sie|man|wir)(?:(?: bitte| mal| kurz| eben| noch| vielleicht)*)\s+/iu,
  /^ich (?:möchte|will|würde gerne?|hätte gerne?)(?: bitte)?(?:,? dass du)?\s+/iu,
]

/** The German instruction without courtesies; undefined for a question. */
function bareOf(sentence: string, isQuestion: boolean): string | undefined {
  const asked = /^(?:bitte )?(?:kannst|könntest|würdest|magst|könnten|würden|können) (?:du|sie|wir)(?!\p{L})/iu.test(sentence)
  if (isQuestion && !asked) return undefined
  if (asking.test(sentence)) return undefined
  let said = clean(sentence.replace(/ (?:bitte )?(?:mal|bitte|doch|kurz|eben)(?=[ ,])/giu, ''))
  for (let before = ''; before !== said; ) {
    before = said
    for (const opening of openings) said = said.replace(opening, '')
    said = clean(said.replace(/[,\s]+(?:bitte|danke|vielen dank|für mich)$/iu, ''))
  }
  return said
}

/** Questions, wishes and terms, which change nothing. */
const asking =
  /^(?:soll|sollte|sollten|sollen|darf|dürfen|kann (?:ich|man)|könnte (?:ich|man)|muss|müssen|wie|was|wann|wer|wen|wem|wessen|warum|wieso|weshalb|welche[nrsm]?|wo|ob|wenn|falls|sobald|bevor|nachdem|hat|habe|haben|hast|ist|sind|wird|wurde[n]?|gibt|zeig|nenn|liste|ich (?:überlege|denke|habe überlegt|wollte|würde(?! gern)|könnte|sollte))(?!\p{L})/iu
const negative = /(?<!\p{L})(?:nicht|nie|niemals|keinesfalls|keine[nrsm]?|kein|ohne dass|außer)(?!\p{L})/iu

const task: TaskWords = {
  priority: (part) => {
    const said =
      /^(?:mit )?(?:(?:prio(?:rität)?:? )?(hoch|hohe?r?|niedrige?r?|mittlere?r?|mittel|normale?r?|dringend|wichtig|höchste[r]?)(?: prio(?:rität)?)?)$/iu
        .exec(part)?.[1]
        ?.toLowerCase()
    if (said === undefined) return undefined
    return /^(?:hoh|hoch|wichtig|höchste)/.test(said)
      ? 'high'
      : said.startsWith('niedrig')
        ? 'low'
        : said.startsWith('mitt')
          ? 'medium'
          : said.startsWith('normal')
            ? 'normal'
            : 'urgent'
  },
  owner: /^(?:für|zuständig:?|an) (mich|\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*){0,2})$/u,
  title: titleOf,
  /** The time stands before the verb: "Rose am Freitag anrufen". */
  behind: /^(?:[^,]{1,40} )?\p{Ll}+(?:en|ern|eln)$/u,
}

/** "Dass ich Grant zurückrufe", "den Vertrag zu prüfen" as a title. */
function titleOf(what: string): string {
  const clause = /^dass (?:ich|wir) (.+)$/iu.exec(what)?.[1]
  const said = clause === undefined ? what : clause.replace(/(\p{Ll}{2,})e$/u, '$1en').replace(/ (?:muss|soll|sollte|will)en?$/u, '')
  return said
    .replace(/^(?:um|daran,?)\s+/iu, '')
    .replace(/^((?:.+ )?)an (?:den|die|das|der) (?=\p{Lu})/iu, '$1')
    .replace(/ zu (\p{Ll}+(?:en|ern|eln))$/u, ' $1')
    .replace(/ (an|ab|auf|aus|ein|nach|vor|zu|zurück|weiter|mit|durch|vorbei|zusammen|los)zu(\p{Ll}+(?:en|ern|eln))$/u, ' $1$2')
}

const who = "(mir|mich|\\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+){0,2}?)"
const taskNoun = '(?:aufgabe|todo|to-do|erinnerung)(?: daraus)?'
const make = '(?:ich brauche|ich benötige|(?:erstell|leg|mach|füg|trag|schreib|notier|setz|gib)(?:e|en sie)?)'
const set = '(?:setz|änder|stell|aktualisier|pass|korrigier|erhöh|senk|verschieb|verleg|leg|trag)(?:e|en sie|n sie)?'
const the = '(?:(?:den|die|das|dem|der) )?'
const field = `(${fieldPattern})`
const of = '(?:von|bei|für|vom|des|der)'
const state = '(gewonnen|verloren|erledigt|fertig|abgeschlossen|qualifiziert|disqualifiziert|kontaktiert)'
const person = '(kontakt|ansprechpartner(?:in)?|lead|interessent(?:in)?)'
const kindOf = (noun: string) => (/lead|interessent/i.test(noun) ? 'lead' : 'contact')
const move = '(?:verschieb|verleg|schieb|vertag)(?:e|en sie)?'

function tasked(what: string, owner: string, high: string, wording: Wording): string | undefined {
  // "Für morgen": no name.
  const isName = /^(?:\p{Lu}|mir|mich)/u.test(owner) && whenOf(`am ${owner}`) === undefined
  const said = titleOf(owner === '' || isName ? what : `für ${owner} ${what}`)
  return taskSaid(said, { ...(isName ? { owner: personOf(owner) } : {}), ...(high === '' ? {} : { priority: task.priority(high) ?? 'high' }) }, task, wording)
}

const given = (what: string, record: string, value: string) =>
  fieldOf(what) === 'owner' ? `reassign ${recordsOf(record)} to ${personOf(value)}` : `set the ${fieldOf(what)} of ${recordsOf(record)} to ${valueIn(value)}`

const whenOf = (said: string) => (new RegExp(`^(?:${germanWhen.when})$`, 'iu').test(said) ? germanWhen.moment(said) : undefined)
const rescheduled = (record: string, when: string) => {
  const moment = whenOf(when)
  return moment === undefined ? undefined : `reschedule ${recordsOf(record)} to ${moment}`
}
const shifted = (record: string, by: string, way: string) => {
  const span = spanOf(by)
  return span === undefined ? undefined : `${/vor/i.test(way) ? 'bring forward' : 'postpone'} ${recordsOf(record)} by ${span}`
}

const reminders: readonly Saying[] = [
  saying(
    `${make}(?: mir)?(?: eine?)?(?: neue)?(?: (dringende|wichtige))? ${taskNoun}(?: (?:an|hinzu|ein|auf))?(?: für ${who})?(?: (?:an|hinzu|ein|auf))?(?::|,? (?=dass)|,? (?=um )|,| zum) ?_`,
    ([high = '', owner = '', what = ''], wording) => tasked(what, owner, high === '' ? '' : high.replace(/e$/, ''), wording),
  ),
  saying(`(?:eine )?(?:neue )?${taskNoun}(?: für ${who})?(?: (?:anlegen|erstellen|eintragen|hinzufügen))?: ?_`, ([owner = '', what = ''], wording) =>
    tasked(what, owner, '', wording),
  ),
  saying(`neue ${taskNoun},? _`, ([what = ''], wording) => tasked(what, '', '', wording)),
  saying(`erinner(?:e|n sie)? mich(?: bitte)?,? (.+?),? daran,? _`, ([when = '', what = ''], wording) => reminded(when, what, wording)),
  saying(`mich(?: bitte)? (.+?) (?:daran )?(?:zu )?erinnern,? _`, ([when = '', what = ''], wording) => reminded(when.replace(/ ?daran$/u, ''), what, wording)),
  saying(`erinner(?:e|n sie)? mich(?: daran| an)?,?:? _`, ([what = ''], wording) => tasked(what, 'mich', '', wording)),
  saying(`(?:mich )?(.+?) (an .+) erinnern`, ([when = '', what = ''], wording) => reminded(when, what, wording)),
  saying(`(?:todo|to-do):? _`, ([what = ''], wording) => (/\p{Ll}+(?:en|ern|eln)(?=$|,| )/u.test(what) ? tasked(what, '', '', wording) : undefined)),
  saying(`(?:bitte )?(?:nicht vergessen|vergiss nicht|denk daran|denk dran),?:? _`, ([what = ''], wording) => tasked(what, 'mich', '', wording)),
  saying(`(?:setz|schreib|pack)(?:e)? _ auf (?:meine |die )?(?:to-?do-?liste|aufgabenliste|liste)`, ([what = ''], wording) =>
    tasked(what, 'mich', '', wording),
  ),
]

function reminded(when: string, what: string, wording: Wording): string | undefined {
  return when === '' || whenOf(when) === undefined ? undefined : tasked(`${when} ${what}`, 'mich', '', wording)
}

const changes: readonly Saying[] = [
  // Tags before deletions: "Entferne das Tag vip bei Acme".
  saying(
    `(?:entfern|lösch|nimm)(?:e|en sie)? (?:das |den )?(?:tag|etikett|schlagwort|stichwort) _ (?:bei|von|an|aus) _(?: weg)?`,
    ([tag = '', record = '']) => `remove the tag ${tag} from ${recordsOf(record)}`,
  ),
  saying(
    `(?:versieh|versehen sie|markier(?:e|en sie)?|tagge?|kennzeichne) _ mit (?:dem |einem )?(?:tag|etikett|schlagwort|stichwort) _`,
    ([record = '', tag = '']) => `tag ${recordsOf(record)} as ${tag}`,
  ),
  saying(
    `(?:füg|gib)(?:e|en sie)? (?:bei |zu )?_ (?:das |ein |den )?(?:tag|etikett|schlagwort|stichwort) _(?: hinzu)?`,
    ([record = '', tag = '']) => `tag ${recordsOf(record)} as ${tag}`,
  ),
  // People and organisations
  saying(
    `ordn(?:e|en sie)? _ (?:der |dem |zur |zum )?(?:firma|organisation|unternehmen) _ zu`,
    ([record = '', company = '']) => `link ${recordsOf(record)} to ${company}`,
  ),
  saying(`verknüpf(?:e|en sie)? _ mit _`, ([record = '', company = '']) => `link ${recordsOf(record)} to ${recordsOf(company).replace(/^the company /, '')}`),
  // Owners
  saying(
    `weis(?:e|en sie)? (mir|\\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+)?) ((?:den|die|das|alle|meine) .+) zu`,
    ([owner = '', record = '']) => `reassign ${recordsOf(record)} to ${personOf(owner)}`,
  ),
  saying(
    `(?:weis|teil|ordn)(?:e|en sie)? (.+) (mir|\\p{Lu}[\\p{L}'-]+ \\p{Lu}[\\p{L}'-]+|\\p{Lu}[\\p{L}'-]+) zu`,
    ([record = '', owner = '']) => `reassign ${recordsOf(record)} to ${personOf(owner)}`,
  ),
  saying(
    `(?:übergib|übergeb|gib|geb|übertrag|reich|weis)(?:e|en sie)? (.+) an ${who}(?: weiter| ab)?`,
    ([record = '', owner = '']) => `reassign ${recordsOf(record)} to ${personOf(owner)}`,
  ),
  saying(
    `(.+) an ${who} (?:übergeben|übertragen|weitergeben|abgeben|zuweisen)`,
    ([record = '', owner = '']) => `reassign ${recordsOf(record)} to ${personOf(owner)}`,
  ),
  saying(`(.+) (mir|\\p{Lu}[\\p{L}'-]+ \\p{Lu}[\\p{L}'-]+) zuweisen`, ([record = '', owner = '']) => `reassign ${recordsOf(record)} to ${personOf(owner)}`),
  saying(
    `(?:mach|setz|trag)(?:e|en sie)? ${who} (?:als|zum|zur) (?:neuen? )?(?:besitzer(?:in)?|betreuer(?:in)?|zuständigen?|verantwortlichen?) (?:von|bei|für) _(?: ein)?`,
    ([owner = '', record = '']) => `reassign ${recordsOf(record)} to ${personOf(owner)}`,
  ),
  // Fields
  saying(`${set} ${the}(?:neue[ns]? )?${field} ${of} _ (?:auf|zu|in|um auf) _(?: an| um| fest)?`, ([what = '', record = '', value = '']) =>
    given(what, record, value),
  ),
  saying(`${the}${field} ${of} _ auf _ (?:setzen|ändern|stellen|verschieben|anpassen|korrigieren|erhöhen|senken)`, ([what = '', record = '', value = '']) =>
    given(what, record, value),
  ),
  saying(
    `${the}neue[rns]? ${field} (?:von|bei|für) _ (?:ist|lautet|heißt)(?: jetzt| nun)?:? _(?:,? (?:bitte )?(?:ändern|anpassen|aktualisieren|eintragen))?`,
    ([what = '', record = '', value = '']) => given(what, record, value),
  ),
  saying(
    `${the}${field} (?:von|bei|für) _ (?:ist|lautet|heißt) (?:jetzt|nun|ab jetzt) _(?:,? (?:bitte )?(?:ändern|anpassen|aktualisieren|eintragen))?`,
    ([what = '', record = '', value = '']) => given(what, record, value),
  ),
  saying(
    `_ hat (?:jetzt )?(?:eine?n? )?neue[ns]? ${field}:?,? _(?:,? (?:bitte )?(?:ändern|anpassen|aktualisieren|eintragen))?`,
    ([record = '', what = '', value = '']) => given(what, record, value),
  ),
  saying(`trag(?:e|en sie)? bei _ (?:die |das |den |als )?${field}:? _ ein`, ([record = '', what = '', value = '']) => given(what, record, value)),
  // Stages and states
  saying(
    `(?:schieb|verschieb|beweg|setz|zieh|leg|bring|stuf)(?:e|en sie)? _ (?:in|auf) (?:die |den )?(?:phase|stufe|status|stage) _`,
    ([record = '', value = '']) => `move ${recordsOf(record)} to ${valueIn(value)}`,
  ),
  saying(
    `_ in (?:die |den )?(?:phase|stufe|status) _ (?:schieben|verschieben|setzen|bringen|bewegen)`,
    ([record = '', value = '']) => `move ${recordsOf(record)} to ${valueIn(value)}`,
  ),
  saying(`(?:markier|kennzeichn|meld|setz)(?:e|en sie)? _ als _`, ([record = '', value = '']) => `mark ${recordsOf(record)} as ${valueIn(value)}`),
  saying(`_ als _ (?:markieren|kennzeichnen)`, ([record = '', value = '']) => `mark ${recordsOf(record)} as ${valueIn(value)}`),
  saying(
    `_ (?:ist|wurde|haben wir)(?: jetzt| nun| heute| endlich| leider| gerade| eben)* ${state}(?: worden)?(?:,? (?:bitte )?(?:ändern|anpassen|aktualisieren|eintragen))?`,
    ([record = '', value = '']) => (/\p{Lu}\p{L}+ \p{Lu}|\d/u.test(record) ? `mark ${recordsOf(record)} as ${valueIn(value)}` : undefined),
  ),
  saying(
    `wir haben (?:gerade |eben |endlich |leider )*_ (gewonnen|verloren)(?:,? (?:bitte )?(?:ändern|anpassen|aktualisieren|eintragen))?`,
    ([record = '', value = '']) => `mark ${recordsOf(record)} as ${valueIn(value)}`,
  ),
  saying(`(?:erledig|schließ|beend|hak)(?:e|en sie)? (?:die )?(?:aufgabe )_(?: ab)?`, ([record = '']) => `complete the task ${record}`),
  saying(`(?:die )?aufgabe _ (?:abhaken|abschließen|erledigen|schließen)`, ([record = '']) => `complete the task ${record}`),
  saying(`_ (?:geht|gehört|wechselt)(?: jetzt| ab jetzt| nun| ab sofort)? (?:an|zu) ${who}`, ([record = '', owner = '']) =>
    /\p{Lu}\p{L}+ \p{Lu}|\d/u.test(record) ? `reassign ${recordsOf(record)} to ${personOf(owner)}` : undefined,
  ),
  saying(`(?:setz|stell)(?:e|en sie)? _ auf _`, ([record = '', value = '']) => `move ${recordsOf(record)} to ${valueIn(value)}`),
  saying(`_ auf _ (?:setzen|stellen)`, ([record = '', value = '']) => `move ${recordsOf(record)} to ${valueIn(value)}`),
  // Times
  saying(`${move} _ um _(?: nach (hinten|vorne?)| (?:(später|früher)))?`, ([record = '', by = '', way = '', comparative = '']) =>
    shifted(record, by, way === '' && /früher/i.test(comparative) ? 'vor' : way),
  ),
  saying(`_ um _ (?:verschieben|verlegen|vertagen)`, ([record = '', by = '']) => shifted(record, by, '')),
  saying(`${move} _ ((?:auf|zum|nach|in die|an) .+)`, ([record = '', when = '']) => rescheduled(record, when)),
  saying(`_ ((?:auf|zum) .+) (?:verschieben|verlegen|vertagen)`, ([record = '', when = '']) => rescheduled(record, when)),
  saying(`sag(?:e|en sie)? _ ab`, ([record = '']) => `cancel ${recordsOf(record)}`),
  saying(`(?:stornier|cancel)(?:e|n|en sie)? _`, ([record = '']) => `cancel ${recordsOf(record)}`),
  saying(`_ (?:absagen|stornieren)`, ([record = '']) => `cancel ${recordsOf(record)}`),
  saying(
    `(?:plan|vereinbar|erstell|leg|trag|buch|mach|organisier|setz)(?:e|en sie)?(?: mir)? (?:einen?|ein|eine) (?:neue[ns]? )?(?:termin|treffen|meeting|besprechung|telefonat|gespräch)(?: an| ein| aus)? mit (\\p{Lu}[^\\d,]*?|mir),? ((?:am |um |morgen|heute|übermorgen|nächste|kommende|in |\\p{Lu}[\\p{L}]+tag |mittwoch|von |den ).*?)(?: ein| an| aus)?`,
    ([name = '', tail = '']) => meeting(name, tail),
  ),
  saying(
    `(?:neuer )?(?:termin|treffen|meeting) mit (\\p{Lu}[^\\d,]*?),? ((?:am |um |morgen|heute|übermorgen|nächste|kommende|in |\\p{Lu}[\\p{L}]+tag |mittwoch |von |den ).*?)(?: (?:eintragen|planen|anlegen|erstellen|vereinbaren))?`,
    ([name = '', tail = '']) => meeting(name, tail),
  ),
  // What is new
  saying(
    `(?:erstell|leg|füg|mach|trag)(?:e|en sie)? (?:einen |eine |den |die )?(?:neue[nrs]? )?${person}(?: (?:an|hinzu|ein))?[,:]? (.+?)(?: (?:an|hinzu|ein))?`,
    ([kind = '', list = ''], wording) => personSaid(kindOf(kind), list, wording),
  ),
  saying(`neue[rn]? ${person}[,:]? (.+?)(?: (?:anlegen|erstellen|hinzufügen))?`, ([kind = '', list = ''], wording) => personSaid(kindOf(kind), list, wording)),
  saying(
    `(?:(?:erstell|leg|füg|mach)(?:e|en sie)? (?:eine |die |das |ein )?(?:neue[s]? )?|neue[s]? )(?:firma|organisation|unternehmen)(?: an)?(?: namens)?[,:]? ([\\p{Lu}\\d⟦][^,:]*?)(?:,? (?:in|aus) ([^,]{2,40}?))?(?:,? branche:? ([^,]{2,40}?))?(?: an| hinzu)?`,
    (groups, { quotes }) => company(groups, quotes),
  ),
  // Deletions
  saying(`(?:lösch|entfern)(?:e|en sie)? _(?: (?:aus dem crm|endgültig))?`, ([record = '']) => `delete ${recordsOf(record)}`),
  saying(
    `(?:wandle?|wandeln sie|konvertier(?:e|en sie)?) _(?: (?:in|zu) (?:einen |einem )?kontakt)?(?: um)?`,
    ([record = '']) => `convert ${recordsOf(record)}`,
  ),
  saying(`_ (?:löschen|entfernen)`, ([record = '']) => `delete ${recordsOf(record)}`),
]

function meeting(name: string, tail: string): string | undefined {
  const match = /^(.*?)(?:,? (?:für |über )?(\d+|eine|eine halbe|zwei) (minuten|stunden?))?$/iu.exec(clean(tail))
  const said = clean(match?.[1] ?? '')
  const length = match?.[2] === undefined ? '' : ` for ${/halbe/i.test(match[2]) ? '30 minutes' : spanOf(`${match[2]} ${match[3]}`)}`
  const range = /^(.*?),? ?von (\d{1,2}(?::\d{2})?)(?: uhr)? bis (\d{1,2}(?::\d{2})?)(?: uhr)?$/iu.exec(said)
  const clock = (time: string) => (time.includes(':') ? time : `${time}:00`)
  if (range !== null) {
    const day = whenOf(range[1] ?? '')
    return day === undefined ? undefined : `schedule a meeting with ${name} on ${day} from ${clock(range[2] ?? '')} to ${clock(range[3] ?? '')}`
  }
  const moment = whenOf(said)
  return moment === undefined ? undefined : `schedule a meeting with ${name} on ${moment}${length}`
}

function company([called = '', city = '', industry = '']: readonly string[], quotes: string[]): string {
  const mark = (text: string) => (/^⟦/.test(text) ? text : `⟦${quotes.push(clean(text)) - 1}⟧`)
  return `add a new company called ${mark(called)}${city === '' ? '' : ` in ${city}`}${industry === '' ? '' : ` with industry ${mark(industry)}`}`
}

const readReminder = firstOf(reminders)
const readChange = firstOf(changes)

/** A German instruction in English; undefined for everything else. */
export function inEnglish(sentence: string, isQuestion: boolean, wording: Wording): string | undefined {
  const said = bareOf(sentence, isQuestion)
  if (said === undefined) return undefined
  const read: Rewording = (one, known) => germanLetter(one, known) ?? readReminder(one, known) ?? (negative.test(one) ? undefined : readChange(one, known))
  return read(said, wording)
}
