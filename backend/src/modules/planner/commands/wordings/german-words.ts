import type { WhenWords } from './when.ts'
import { heldPoint } from './wording.ts'

const nouns: readonly (readonly [string, string])[] = [
  ['ansprechpartner(?:in)?s?|kontakt(?:e|en|s|es)?|person(?:en)?', 'contact'],
  ['leads?|interessent(?:en|in)?', 'lead'],
  ['deals?|chancen?|verkaufschancen?|opportunit(?:y|ies)|abschl(?:uss|üsse)', 'deal'],
  ['firm(?:a|en)|unternehmens?|organisation(?:en)?|kunde[n]?', 'company'],
  ['aufgaben?|todos?|to-dos?', 'task'],
  ['termine?s?|treffens?|meetings?|besprechung(?:en)?|besuche?', 'meeting'],
  ['e-?mails?|mails?|nachricht(?:en)?', 'email'],
]
const plurals: Readonly<Record<string, string>> = { company: 'companies' }
const plural =
  /^(?:kontakte|kontakten|personen|leads|interessenten|deals|chancen|verkaufschancen|opportunities|abschlüsse|firmen|organisationen|kunden|aufgaben|todos|to-dos|termine|meetings|besprechungen|besuche|e-?mails|mails|nachrichten)$/i
const nounPattern = nouns.map(([pattern]) => pattern).join('|')

/** A German noun of records in English. */
function nounOf(word: string): string | undefined {
  const noun = nouns.find(([pattern]) => new RegExp(`^(?:${pattern})$`, 'i').test(word))?.[1]
  return noun === undefined ? undefined : plural.test(word) ? (plurals[noun] ?? `${noun}s`) : noun
}

const adjectives: readonly (readonly [RegExp, string])[] = [
  [/\b(?:alle[nr]?|sämtliche[nr]?)(?= )/gi, 'all'],
  [/\bmeine[nrsm]?\b/gi, 'my'],
  [/\boffene[nrs]?\b/gi, 'open'],
  [/(?<!\p{L})überfällige[nrs]?(?!\p{L})/giu, 'overdue'],
  [/\bneue[nrs]?\b/gi, 'new'],
  [/\bgewonnene[nrs]?\b/gi, 'won'],
  [/\bverlorene[nrs]?\b/gi, 'lost'],
  [/\bqualifizierte[nrs]?\b/gi, 'qualified'],
  [/\bdisqualifizierte[nrs]?\b/gi, 'disqualified'],
  [/\bkontaktierte[nrs]?\b/gi, 'contacted'],
  [/\berledigte[nrs]?\b/gi, 'completed'],
  [/\b(?:ohne (?:einen )?(?:Besitzer|Betreuer|Zuständigen|Verantwortlichen)|nicht zugewiesene[nrs]?)\b/gi, 'without an owner'],
  [/\bletzte[nrs]?\b/gi, 'last'],
  [/\bnächste[nrs]?(?= )/gi, 'next'],
  [/\bvo(?:n|m)(?: de[rnm])?(?= )/gi, 'of'],
  [/\bmit(?= )/gi, 'with'],
  [/\b(?:in|aus)(?= \p{Lu})/gu, 'in'],
]

/** "Den Kontakt Steffen Jankowski", "alle offenen Deals von Theo" in English. */
export function recordsOf(text: string): string {
  const said = text.trim().replace(/^(?:der|die|das|den|dem|des|diese[nrms]?)\s+/i, '')
  // "Juniper Foods' Deal" and names alone are left as they are.
  const named = new RegExp(`^(${nounPattern}) (?=[\\p{Lu}\\d⟦])(.+)$`, 'iu').exec(said)
  const kind = named === null ? undefined : nounOf(named[1] ?? '')
  if (kind !== undefined) return `the ${kind} ${named?.[2] ?? ''}`
  if (/^\p{Lu}|^⟦/u.test(said) && !new RegExp(`^(?:${nounPattern}|Alle|Meine)\\b`, 'iu').test(said)) return said
  const english = adjectives.reduce((words, [pattern, other]) => words.replace(pattern, other), said)
  return english.replace(new RegExp(`(?<![\\p{L}-])(${nounPattern})(?![\\p{L}-])`, 'giu'), (word) => nounOf(word) ?? word).replace(/^All\b/, 'all')
}

const fields: readonly (readonly [string, string])[] = [
  ['phase|stufe|stage', 'stage'],
  ['status', 'status'],
  ['wert|betrag|summe|volumen|value', 'value'],
  ['(?:voraussichtliche[ns]? )?(?:abschlussdatum|abschlusstermin|abschlusstag|close date)', 'close date'],
  ['wahrscheinlichkeit', 'probability'],
  ['besitzer(?:in)?|betreuer(?:in)?|zuständige[nr]?|verantwortliche[nr]?|owner', 'owner'],
  ['telefonnummer|telefon|tel', 'phone'],
  ['mobilnummer|handynummer|handy|mobil', 'mobile'],
  ['e-?mail(?:-?adresse)?|mail(?:-?adresse)?', 'email'],
  ['titel|position|jobtitel|funktion', 'job title'],
  ['name(?:n)?', 'name'],
  ['priorität|prio', 'priority'],
  ['fälligkeit|fälligkeitsdatum|frist', 'due date'],
  ['bewertung|rating', 'rating'],
  ['quelle', 'source'],
  ['stadt|ort', 'city'],
  ['branche', 'industry'],
  ['firma|organisation|unternehmen', 'company'],
]

/** Names of fields as a part of a pattern. */
export const fieldPattern = fields.map(([pattern]) => pattern).join('|')

export function fieldOf(text: string): string {
  return fields.find(([pattern]) => new RegExp(`^(?:${pattern})$`, 'iu').test(text))?.[1] ?? text
}

const values: Readonly<Record<string, string>> = {
  gewonnen: 'won',
  verloren: 'lost',
  offen: 'open',
  erledigt: 'done',
  fertig: 'done',
  abgeschlossen: 'done',
  qualifiziert: 'qualified',
  disqualifiziert: 'disqualified',
  kontaktiert: 'contacted',
  neu: 'new',
  hoch: 'high',
  hohe: 'high',
  niedrig: 'low',
  mittel: 'medium',
  normal: 'normal',
  dringend: 'urgent',
  konvertiert: 'converted',
  'in bearbeitung': 'in progress',
  'in arbeit': 'in progress',
  abgebrochen: 'abandoned',
  pausiert: 'suspended',
}

/** A state, a priority, a day or an amount in English; names stay as they are. */
export function valueIn(text: string): string {
  const said = text.trim().replace(/^(?:den|die|das|der) /i, '')
  const known = values[said.toLowerCase()]
  if (known !== undefined) return known
  const amount = /^([\d.]+(?:,\d{1,2})?) ?(€|euro|eur|dollar|usd|%|prozent)?$/i.exec(said)
  if (amount !== null && /\d/.test(said)) return `${(amount[1] ?? '').replaceAll('.', '').replace(',', '.')}${/%|prozent/i.test(amount[2] ?? '') ? '%' : ''}`
  return new RegExp(`^${germanWhen.when}$`, 'iu').test(said) ? germanWhen.moment(said) : said
}

/** Whoever is meant: "mir" is me. */
export const personOf = (text: string): string =>
  /^(?:mir|mich|ich)$/i.test(text.trim()) ? 'me' : text.trim().replace(/^(?:Frau|Herrn?|Kolleg(?:e|in|en)) /, '')

const weekdays: Readonly<Record<string, string>> = { mo: 'monday', di: 'tuesday', mi: 'wednesday', do: 'thursday', fr: 'friday', sa: 'saturday', so: 'sunday' }
const months = ['jan', 'feb', 'mär', 'apr', 'mai', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dez']
const english = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const month = 'Jan(?:uar)?|Feb(?:ruar)?|März|Apr(?:il)?|Mai|Juni?|Juli?|Aug(?:ust)?|Sept?(?:ember)?|Okt(?:ober)?|Nov(?:ember)?|Dez(?:ember)?'
const weekday = '(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Mo|Di|Mi|Do|Fr|Sa'
const number = '(?:\\d+|eine[mnr]?|zwei|drei|vier|fünf|sechs|sieben|acht|zehn)'
const numbers: Readonly<Record<string, string>> = { ein: '1', zwei: '2', drei: '3', vier: '4', fünf: '5', sechs: '6', sieben: '7', acht: '8', zehn: '10' }
const time = '(?:(?:um |gegen |ab )?(?:\\d{1,2}[:.]\\d{2}(?: ?uhr)?|\\d{1,2} ?uhr(?: \\d{2})?|\\d{1,2} ?h)|(?:um )\\d{1,2}|mittags)'
const part = '(?:früh|vormittags?|nachmittags?|abends?)'
const day = [
  'heute|morgen|übermorgen',
  `nächste[nr]? woche(?: (?:am )?(?:${weekday}))?|(?:nächste[nrm]?|kommende[nrm]?|diese[nrm]?) (?:${weekday}|monat|quartal|jahr)|${weekday}`,
  '(?:das )?ende (?:der|des|dieser|dieses|nächster|nächsten|nächste) (?:woche|monats|quartals|jahres)|monatsende|jahresende|wochenende',
  `(?:(?:${weekday}),? (?:den |dem )?)?\\d{1,2}[.${heldPoint}]? ?(?:${month})(?: \\d{4})?|\\d{1,2}[.${heldPoint}]\\d{1,2}[.${heldPoint}](?:\\d{4})?|\\d{4}-\\d{2}-\\d{2}|in ${number} (?:tag(?:en)?|wochen?|monat(?:en)?)`,
].join('|')

const units: Readonly<Record<string, string>> = {
  tag: 'day',
  tage: 'day',
  tagen: 'day',
  woche: 'week',
  wochen: 'week',
  monat: 'month',
  monate: 'month',
  monaten: 'month',
  stunde: 'hour',
  stunden: 'hour',
  minute: 'minute',
  minuten: 'minute',
}

const numeral = (word: string) => numbers[word.toLowerCase().replace(/^eine?[mnr]?$/, 'ein')] ?? word

/** "Eine Woche", "zwei Tage", "30 Minuten" in English. */
export function spanOf(text: string): string | undefined {
  const match = /^(\d+|eine[nmr]?|ein|zwei|drei|vier|fünf|sechs|sieben|acht|zehn) (tage?n?|wochen?|monate?n?|stunden?|minuten?)$/iu.exec(text.trim())
  const unit = units[match?.[2]?.toLowerCase() ?? '']
  const amount = numeral(match?.[1] ?? '')
  return unit === undefined ? undefined : `${amount} ${unit}${amount === '1' ? '' : 's'}`
}

/** What is said of a time in German. */
export const germanWhen: WhenWords = {
  when: `(?:(?:(?:fällig )?(?:am|bis(?: (?:zum|zur|spätestens|am))?|spätestens(?: am)?|zum|für|auf(?: den| die)?|an|ab|den) )?(?:${day})(?:,? ${part})?(?:,? ${time})?|(?:${time}),? (?:am )?(?:${day})|${time})`,
  leading: `(?:(?:am|für|zum|bis) )?(?:${day})(?:,? ${part})?(?:,? ${time})?`,
  moment(said) {
    const plain = said
      .toLowerCase()
      .replace(/^(?:fällig )?(?:(?:am|bis(?: (?:zum|zur|spätestens|am))?|spätestens(?: am)?|zum|für|auf(?: den| die)?|an|ab|den) )?/, '')
      .replace(/,/g, '')
      .replace(/ (?:früh|vormittags?|nachmittags?|abends?)(?= .*\d)/, '')
    const hour = / ?(?:(?:um|gegen|ab) )?(?:(\d{1,2})[:.](\d{2})(?: ?uhr)?|(\d{1,2}) ?(?:uhr|h)(?: (\d{2}))?)$|(?:^| )um (\d{1,2})$|(?:^| )(mittags)$/.exec(
      plain,
    )
    const days = hour === null ? plain : plain.slice(0, hour.index).trim()
    const at =
      hour === null ? partOfDay(days) : hour[6] === undefined ? `${hour[1] ?? hour[3] ?? hour[5]}:${hour[2] ?? hour[4] ?? '00'}`.padStart(5, '0') : '12:00'
    const bare = dayOf(days.replace(/ (?:früh|vormittags?|nachmittags?|abends?)$/, '').trim())
    return at === undefined ? bare : bare === '' ? `at ${at}` : `${bare} at ${at}`
  },
}

function partOfDay(days: string): string | undefined {
  const said = / (früh|vormittags?|nachmittags?|abends?)$/.exec(days)?.[1]
  return said === undefined ? undefined : said.startsWith('n') ? '14:00' : said.startsWith('a') ? '18:00' : '09:00'
}

const weekdayOf = (word: string) => weekdays[word.slice(0, 2)] ?? word

function dayOf(said: string): string {
  const plain: Readonly<Record<string, string>> = {
    heute: 'today',
    morgen: 'tomorrow',
    übermorgen: 'day after tomorrow',
    monatsende: 'end of the month',
    jahresende: 'end of the year',
  }
  if (plain[said] !== undefined) return plain[said]
  const week = /^nächste[nr]? woche(?: (?:am )?(\p{L}+))?$/u.exec(said)
  if (week !== null) return week[1] === undefined ? 'next week' : `${weekdayOf(week[1])} next week`
  const which = /^(nächste|kommende|diese)[nrm]* (\p{L}+)$/u.exec(said)
  if (which !== null) {
    const unit = { monat: 'month', quartal: 'quarter', jahr: 'year' }[which[2] ?? '']
    // "Am kommenden Freitag" is the first to come, "nächsten Freitag" is next week's.
    return `${which[1] === 'nächste' ? 'next' : unit === undefined ? 'this' : which[1] === 'diese' ? 'this' : 'next'} ${unit ?? weekdayOf(which[2] ?? '')}`
  }
  const end = /^(?:das )?ende (der|des|dieser|dieses|nächster|nächsten|nächste) (woche|monats|quartals|jahres)$/.exec(said)
  if (end !== null) {
    const unit = { woche: 'week', monats: 'month', quartals: 'quarter', jahres: 'year' }[end[2] ?? ''] ?? 'month'
    return `end of ${end[1]?.startsWith('n') === true ? 'next' : 'the'} ${unit}`
  }
  const figures = /^(\d{1,2})\P{L}(\d{1,2})\P{L}(\d{4})?$/u.exec(said)
  if (figures !== null) return `${english[Number(figures[2]) - 1] ?? said} ${figures[1]}${figures[3] === undefined ? '' : ` ${figures[3]}`}`
  const date = /(\d{1,2})[^\p{L}\d]*(\p{L}+)(?: (\d{4}))?$/u.exec(said)
  const index = date === null ? -1 : months.findIndex((name) => (date[2] ?? '').startsWith(name))
  if (date !== null && index >= 0) return `${english[index]} ${date[1]}${date[3] === undefined ? '' : ` ${date[3]}`}`
  const ahead = /^in (\S+) (\p{L}+)$/u.exec(said)
  const span = ahead === null ? undefined : spanOf(`${ahead[1]} ${ahead[2]}`)
  if (span !== undefined) return `in ${span}`
  return weekdays[said.slice(0, 2)] !== undefined && new RegExp(`^(?:${weekday})$`, 'i').test(said) ? weekdayOf(said) : said
}

/** Points of dates end no sentence: those of "30.9." and "15. Dezember" are held. */
export function withPointsHeld(text: string): string {
  return text
    .replace(/(?<![\d.])\d{1,2}\.\d{1,2}\.(?:\d{4}(?!\d))?/g, (date) => date.replaceAll('.', heldPoint))
    .replace(new RegExp(`(?<![\\d.])(\\d{1,2})\\. (?=(?:${month})(?![\\p{L}]))`, 'gu'), `$1${heldPoint} `)
}
