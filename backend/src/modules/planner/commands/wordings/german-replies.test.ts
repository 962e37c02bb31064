import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { englishWordsIn } from '#backend/modules/planner/phrases/english-words.testing.ts'
import { momentInGerman } from './german-moments.ts'
import { asSaid, optionInGerman } from './german-nouns.ts'
import { repliedInGerman } from './german-replies.ts'

/** Every sentence that keeps an instruction from being carried out, or asks back; names are „Zeta“ and the like. */
const refusals: readonly (readonly [string, string | RegExp])[] = [
  ['That would delete all 5 contacts there are, so nothing would change. Say which of them you mean.', /^Das würde alle 5 Kontakte löschen, die es gibt/],
  ['That would be 260 changes, and at most 200 are proposed at a time. Narrow it down.', /^Das wären 260 Änderungen, und höchstens 200/],
  [
    '1200 records match, and at most 200 are changed at a time. Narrow it down, for example by owner or by time.',
    'Dazu passen 1200 Datensätze, und höchstens 200 werden auf einmal geändert. Grenzen Sie es ein, zum Beispiel nach Besitzer oder nach Zeit.',
  ],
  ['31 e-mails match; at most 20 are forwarded at a time. Narrow it down.', /^Dazu passen 31 E-Mails, und höchstens 20/],
  ['Which tasks do you mean? Say “all” of them, or name them; nothing would change until you do.', /^Was ist mit „Aufgaben“ gemeint\?/],
  ['By what is “the first lead” the first? Name the record; nothing would change until you do.', /^Wonach ist „.*“ das erste\?/],
  ['By what is “the last lead” the last? Name the record; nothing would change until you do.', /das letzte\?/],
  [
    'Nobody can say which is “Zeta”: there are some in EUR, USD, and amounts of different currencies have no order. Name the deal, or say its currency, as in “EUR deal”; nothing would change until you do.',
    /^Was „Zeta“ ist, kann niemand sagen: Es gibt welche in EUR, USD/,
  ],
  ['There are 3 of “Zeta”, and not 2. Which do you mean? Nothing would change until you say.', /^Von „Zeta“ gibt es 3 und nicht 2\./],
  ['Which of them do you mean by “Zeta”? Nothing would change until you say.', /^Was ist mit „Zeta“ gemeint\?/],
  ['I could not tell which records “Zeta” are, so nothing would change. Name them as they are called here.', /^Welche Datensätze „Zeta“ sind/],
  ['Zeta cannot be given that, so nothing would change.', /^Zeta kann das nicht bekommen/],
  ['Zeta has no time that could be moved, so nothing would change.', /^Zeta hat keine Zeit/],
  ['Zeta has no follow-up date that could be moved, so nothing would change.', /^Zeta hat kein Wiedervorlagedatum/],
  ['Zeta is converted already, so nothing would change.', /^Zeta ist schon umgewandelt/],
  ['The contact “Zeta” has the tag “Ypsilon” already, so nothing would change.', 'Der Kontakt „Zeta“ hat das Tag „Ypsilon“ schon, deshalb ändert sich nichts.'],
  ['3 leads does not have the tag “Ypsilon” already, so nothing would change.', '3 Leads haben das Tag „Ypsilon“ gar nicht, deshalb ändert sich nichts.'],
  ['The contact “Zeta” belongs to Ypsilon already, so nothing would change.', /^Der Kontakt „Zeta“ gehört schon zu Ypsilon/],
  ['2 contacts does not belong to Ypsilon already, so nothing would change.', /^2 Kontakte gehören gar nicht zu Ypsilon/],
  [
    'No record here has the job title “Zeta”, so nothing would change. In use are “Chef”, “Ypsilon”. Which of them do you mean?',
    'Kein Datensatz hier hat bei Position „Zeta“, deshalb ändert sich nichts. In Gebrauch sind „Chef“, „Ypsilon“. Was ist gemeint?',
  ],
  [
    'Which of them is to stay? Say “merge … into …”; the one behind “into” stays. Nothing would change until you do.',
    /^Welcher der beiden Datensätze soll bleiben\?/,
  ],
  ['There is only one “Zeta”, so nothing would be merged.', /^„Zeta“ gibt es nur einmal/],
  ['There are 4 of “Zeta”. Name the two that are the same; nothing would change until you do.', /^Von „Zeta“ gibt es 4\. Nennen Sie die beiden/],
  ['That is one and the same record, so nothing would be merged.', /^Das ist ein und derselbe Datensatz/],
  [
    '3 contacts are meant. Name the one that is to become part of “Zeta”; nothing would change until you do.',
    /^Gemeint sind 3 Kontakte\. Nennen Sie den Datensatz, der in „Zeta“/,
  ],
  [
    'There is a contact Zeta with that e-mail address already, so nothing would change. Merge the two, or change the address.',
    /^Es gibt schon den Kontakt Zeta mit dieser E-Mail-Adresse/,
  ],
  ['There is more than one “Zeta”. Whom do you mean?', 'Mehr als eine Person heißt „Zeta“. Wer ist gemeint?'],
  ['Whom do you mean? More than one person was named, so nothing would change.', /^Wer ist gemeint\? Mehr als eine Person ist genannt/],
  ['Say by name whom you mean.', /^Nennen Sie beim Namen/],
  ['Say by name who is to have them.', /^Nennen Sie beim Namen, an wen/],
  ['No such e-mail was found, so nothing would change.', /^Eine solche E-Mail wurde nicht gefunden/],
  ['More than one person sent such e-mails, so nothing would change. Say whom you mean.', /^Solche E-Mails hat mehr als eine Person geschickt/],
  ['I could not tell whose “Zeta” is, so nothing would change.', /^Wem „Zeta“ gehört/],
  ['I could not tell who has fewest open tasks, so nothing would change.', /^Wer die wenigsten „offene Aufgaben“ hat/],
  ['I could not tell who has most leads, so nothing would change.', /^Wer die meisten „Leads“ hat/],
  ['Zeta has no e-mail address here, so nothing would change. Give the address itself.', /^Zeta hat hier keine E-Mail-Adresse/],
  ['Zeta is not one of the people of this workspace, so nothing would change. Invite them first, or name somebody else.', /^Zeta gehört nicht zu diesem/],
  [
    '“Zeta” is one of the people of this workspace, so no contact would be added. Say the whole name of the new one.',
    /^„Zeta“ gehört zu diesem .* kein Kontakt/,
  ],
  ['A note belongs to whoever writes it, so it cannot be assigned. Leave that out, and it can be added.', /^Eine Notiz gehört der Person/],
  ['What is the e-mail to say? Put the text in quotation marks. Nothing would be sent until you say.', /^Was soll in der E-Mail stehen\?/],
  ['What is the reply to say? Put the text in quotation marks. Nothing would be sent until you say.', /^Was soll in der Antwort stehen\?/],
  ['To whom is the e-mail to go? Nothing would be sent until you say.', /^An wen soll die E-Mail gehen\?/],
  ['With whom is it to be? More than one person was named.', /^Mit wem soll das sein\?/],
  ['On which day is it to be? Nothing would change until you say.', /^An welchem Tag soll das sein\?/],
  ['When is it to be? Nothing would change until you say.', /^Wann soll das sein\?/],
  ['At what time on 3 March is it to begin? Nothing would change until you say.', /^Um wie viel Uhr am 3\. März/],
  ['3 March, 09:00 is over, so no meeting can be at that time. Name a day to come.', /^3\. März, 09:00 ist vorbei/],
  ['What is the meeting called, or with whom is it? Nothing would change until you say.', /^Wie heißt der Termin, oder mit wem ist er\?/],
  ['There is no time in the next 30 days at which you are free for so long.', /^In den nächsten 30 Tagen/],
  ['Nobody is invited to such a meeting, so nothing would change.', /^Zu einem solchen Termin ist niemand eingeladen/],
  ['That changes nothing: Zeta and Ypsilon is there already.', 'Das ändert nichts: Zeta und Ypsilon nimmt schon teil.'],
  ['That changes nothing: Zeta is not among the attendees.', 'Das ändert nichts: Zeta gehört nicht zu den Teilnehmern.'],
  ['Zeta is not among the attendees, so nothing would change.', /^Zeta gehört nicht zu den Teilnehmern/],
  ['More than one person attends it, so nothing would change. Say who is to be replaced.', /^Daran nimmt mehr als eine Person teil/],
]

const changes: readonly (readonly [string, string])[] = [
  ['3 tasks would go to Zeta', '3 Aufgaben würden an Zeta gehen'],
  [
    'The lead “Ypsilon” would go to Zeta, who has fewest of those who have any (3); 5 people have none',
    'Der Lead „Ypsilon“ würde an Zeta gehen (die wenigsten von allen, die überhaupt welche haben: 3; 5 Personen haben keine)',
  ],
  ['The event “Ypsilon” would move to next friday at 15:00', 'Der Termin „Ypsilon“ würde verlegt: nächsten Freitag um 15:00 Uhr'],
  ['The opportunity “Ypsilon” would move to Offer', 'Der Deal „Ypsilon“ würde auf „Offer“ gesetzt'],
  ['The opportunity “Ypsilon” would have the forecast close december 15', 'Der Deal „Ypsilon“ würde geändert: Erwarteter Abschluss 15. Dezember'],
  ['The contact “Ypsilon” would have the job title Leitung', 'Der Kontakt „Ypsilon“ würde geändert: Position Leitung'],
  ['2 leads would be followed up 3 days later', 'Die Wiedervorlage läge 3 Tage später: 2 Leads'],
  ['The event “Ypsilon” would last 30 minutes longer', 'Der Termin „Ypsilon“ würde 30 Minuten länger dauern'],
  ['The event “Ypsilon” would last for 45 minutes', 'Der Termin „Ypsilon“ würde 45 Minuten dauern'],
  ['2 leads would become contacts', '2 Leads würden zu Kontakten'],
  ['A reply to 3 e-mails would say “Ja”', 'Die Antwort auf 3 E-Mails wäre „Ja“'],
  ['3 e-mails would be forwarded to a@zeta.example', '3 E-Mails würden an a@zeta.example weitergeleitet'],
  ['Zeta and Xi would be added to the event “Ypsilon”', 'Zeta und Xi wäre neu dabei: Termin „Ypsilon“'],
  ['Zeta would be removed from the event “Ypsilon”', 'Zeta wäre nicht mehr dabei: Termin „Ypsilon“'],
  ['Zeta would attend the event “Ypsilon” instead of Xi', 'Zeta wäre statt Xi dabei: Termin „Ypsilon“'],
  ['The contact “Ypsilon” would become part of “Zeta”, which stays', 'Der Kontakt „Ypsilon“ würde in „Zeta“ aufgehen, das bleibt'],
  [
    'A new lead “Zeta” would be added (owner: Xi). A new lead “Ypsilon” would be added',
    'Ein neuer Lead „Zeta“ würde angelegt (Besitzer: Xi). Ein neuer Lead „Ypsilon“ würde angelegt',
  ],
  ['“Zeta” is not so.', '„Zeta“ trifft nicht zu.'],
  ['There is none of “open tasks”.', 'Von „offene Aufgaben“ gibt es keine.'],
  ['There are 3 of “Zeta”.', 'Von „Zeta“ gibt es 3.'],
]

/** The arguments of every call of `cannot` and `ask` in a source. */
function saidIn(source: string): string[] {
  return [...source.matchAll(/\b(?:cannot|ask)\(/g)].map(({ index, 0: call }) => {
    let depth = 1
    let end = index + call.length
    while (depth > 0 && end < source.length) {
      depth += source[end] === '(' ? 1 : source[end] === ')' ? -1 : 0
      end++
    }
    return source.slice(index + call.length, end - 1)
  })
}

/** What stands as it is in the literals of an argument, between what is put in. */
function pieces(argument: string): string[] {
  return (
    [...argument.matchAll(/'([^'\n]*)'|`([^`]*)`/g)]
      .flatMap(([, plain, template]) => (plain ?? template ?? '').split(/\$\{[^}]*\}/))
      .map((piece) => piece.trim())
      // What stands in a template within a template is no sentence.
      .filter((piece) => piece.split(' ').length > 3 && !piece.includes('.join('))
  )
}

describe('what is told of a German instruction', () => {
  it.each([...refusals, ...changes])('%s', (english, expected) => {
    const german = repliedInGerman(english)
    if (typeof expected === 'string') expect(german).toBe(expected)
    else expect(german).toMatch(expected)
    const names = /^(?:zeta|ypsilon|xi|leitung|offer|chef|ja|example|eur)$/
    expect(
      englishWordsIn(german, english).filter((word) => !names.test(word)),
      german,
    ).toEqual([])
  })

  it('is German for every refusal that the sources hold', () => {
    const folder = new URL('../', import.meta.url)
    const sources = readdirSync(folder).filter((name) => /^(?!.*\.(?:test|cases)\.ts$).*\.ts$/.test(name))
    const said = sources.flatMap((name) => saidIn(readFileSync(new URL(name, folder), 'utf8'))).flatMap(pieces)
    expect(said.length).toBeGreaterThan(35)
    const known = refusals.map(([english]) => english)
    expect(said.filter((piece) => !known.some((one) => one.includes(piece)))).toEqual([])
  })

  it('names records, times and choices in German', () => {
    expect(asSaid('all open deals of Theo Brandt')).toBe('alle offene Deals von Theo Brandt')
    expect(asSaid('the company Open Door')).toBe('Firma Open Door')
    expect(optionInGerman('Bo Berg (contact, bo@acme.example)')).toBe('Bo Berg (Kontakt, bo@acme.example)')
    expect(optionInGerman('Bo Berg (bo@acme.example)')).toBe('Bo Berg (bo@acme.example)')
    expect(['tomorrow at 09:00', 'december 5 2026', '2026-12-05', 'in 3 days', 'at 14:00', 'In Review'].map(momentInGerman)).toEqual([
      'morgen um 09:00 Uhr',
      '5. Dezember 2026',
      '5. Dezember 2026',
      'in 3 Tagen',
      'um 14:00 Uhr',
      undefined,
    ])
  })
})
