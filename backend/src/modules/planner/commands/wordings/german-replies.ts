import { dateOf, momentInGerman } from './german-moments.ts'
import { anyField, asSaid, fieldNamed, listOf, namesIn, nounOf, object, type Reply, record, reply, spans, subject } from './german-nouns.ts'
import { refusals } from './german-refusals.ts'

/** What is told of an instruction, sentence by sentence, as a German instruction is answered. */
const replies: readonly Reply[] = [
  reply(`${record} would be deleted`, (of) => `${subject(of, 'würde')} gelöscht`),
  reply(
    `${record} would go to (.+?)(?:, who has fewest of those who have any \\((\\d+)\\); (\\d+) people have none)?`,
    (of) =>
      `${subject(of, 'würde')} an ${of[4]} gehen${of[5] === '' ? '' : ` (die wenigsten von allen, die überhaupt welche haben: ${of[5]}; ${of[6]} Personen haben keine)`}`,
  ),
  reply(`${record} would move to (.+)`, (of) => {
    const moment = momentInGerman(of[4] ?? '')
    return moment === undefined ? `${subject(of, 'würde')} auf „${of[4]}“ gesetzt` : `${subject(of, 'würde')} verlegt: ${moment}`
  }),
  reply(
    `${record} would have the (${anyField}|\\S+) (\\S.*)`,
    (of) => `${subject(of, 'würde')} geändert: ${fieldNamed(of[4] ?? '')} ${momentInGerman(of[5] ?? '') ?? of[5]}`,
  ),
  reply(`${record} would be renamed “(.+)”`, (of) => `${subject(of, 'würde')} in „${of[4]}“ umbenannt`),
  reply(
    `${record} would be (\\S+) (\\w+) (later|earlier)`,
    (of) => `${subject(of, 'würde')} um ${of[4]} ${spans[of[5] ?? ''] ?? of[5]} ${of[6] === 'later' ? 'nach hinten' : 'nach vorn'} verschoben`,
  ),
  reply(
    `${record} would be followed up (\\S+) (\\w+) (later|earlier)`,
    (of) => `Die Wiedervorlage läge ${of[4]} ${spans[of[5] ?? ''] ?? of[5]} ${of[6] === 'later' ? 'später' : 'früher'}: ${object(of)}`,
  ),
  reply(
    `${record} would last (?:for )?(\\S+) (\\w+)(?: (longer|shorter))?`,
    (of) => `${subject(of, 'würde')} ${of[4]} ${spans[of[5] ?? ''] ?? of[5]}${of[6] === '' ? '' : of[6] === 'longer' ? ' länger' : ' kürzer'} dauern`,
  ),
  reply(`${record} would (get|lose) the tag “(.+)”`, (of) => `${subject(of, 'würde')} das Tag „${of[5]}“ ${of[4] === 'get' ? 'bekommen' : 'verlieren'}`),
  reply(`${record} would (no longer )?belong to (.+)`, (of) => `${subject(of, 'würde')} ${of[4] === '' ? '' : 'nicht mehr '}zu ${of[5]} gehören`),
  reply(`${record} would become (?:a contact|contacts)`, (of) => `${subject(of, 'würde')} ${of[2] === '' ? 'zum Kontakt' : 'zu Kontakten'}`),
  reply(`${record} (?:is|are) as you want already, so nothing would change`, (of) => `${subject(of, 'wäre')} schon so, deshalb ändert sich nichts`),
  reply(
    'A new event “(.+?)”(?: with (.+))? would be added on \\w+, (.+?)( \\(30 minutes, as no length was said\\))?',
    ([title, who = '', when, length = '']) =>
      `Ein neuer Termin „${title}“${who === '' ? '' : ` mit ${namesIn(who)}`} käme dazu: ${dateOf(when ?? '')}${length === '' ? '' : ' (30 Minuten, weil keine Länge genannt war)'}`,
  ),
  reply(
    'A new ([a-z-]+) “(.+?)” would be added(?: \\((.+)\\))?(?:, for (.+))?',
    ([kind = '', name, values = '', owner = '']) =>
      `${nounOf(kind)?.[1] === 'Die' ? 'Eine neue' : nounOf(kind)?.[1] === 'Das' ? 'Ein neues' : 'Ein neuer'} ${nounOf(kind)?.[0] ?? kind} „${name}“ würde angelegt${owner === '' ? '' : `, für ${owner}`}${values === '' ? '' : ` (${listOf(values)})`}`,
  ),
  reply(`A note “(.+)” would be added to ${record}`, ([body, ...of]) => `Eine Notiz „${body}“ käme zu: ${object(of)}`),
  reply(
    'An e-mail “(.+?)”( \\(its own words, as no subject was said\\))? would go to (.+?), saying “(.+)”',
    ([title, own = '', to = '', body]) =>
      `Eine E-Mail „${title}“${own === '' ? '' : ' (nach ihrem Anfang benannt, weil kein Betreff genannt war)'} ginge an ${namesIn(to)}, mit dem Text „${body}“`,
  ),
  reply(
    'A reply to the e-mail “(.+?)” from (\\S+) would say “(.+)”',
    ([title, from, body]) => `Die Antwort auf die E-Mail „${title}“ von ${from} wäre „${body}“`,
  ),
  reply('A reply to (\\d+) e-mails would say “(.+)”', ([count, body]) => `Die Antwort auf ${count} E-Mails wäre „${body}“`),
  reply('(\\d+) e-mails would be forwarded to (.+)', ([count, to = '']) => `${count} E-Mails würden an ${namesIn(to)} weitergeleitet`),
  reply(
    'The e-mail “(.+?)” from (\\S+) would be forwarded to (.+)',
    ([title, from, to = '']) => `Die E-Mail „${title}“ von ${from} würde an ${namesIn(to)} weitergeleitet`,
  ),
  reply(`(.+) would be (added to|removed from) ${record}`, ([who = '', way, ...of]) =>
    way === 'added to' ? `${namesIn(who)} wäre neu dabei: ${object(of)}` : `${namesIn(who)} wäre nicht mehr dabei: ${object(of)}`,
  ),
  reply(
    `(.+) would attend ${record} instead(?: of (.+))?`,
    ([who = '', ...of]) => `${namesIn(who)} wäre ${of[4] === '' ? 'stattdessen' : `statt ${namesIn(of[4] ?? '')}`} dabei: ${object(of)}`,
  ),
  reply(`${record} would become part of “(.+)”, which stays`, (of) => `${subject(of, 'würde')} in „${of[4]}“ aufgehen, das bleibt`),
  reply(
    'No ([a-z-]+) fits that, so nothing would change',
    ([kind = '']) => `Dazu passt ${nounOf(kind)?.[1] === 'Die' ? 'keine' : 'kein'} ${nounOf(kind)?.[0] ?? kind}, deshalb ändert sich nichts`,
  ),
  // What a condition came to
  reply('“(.+)” is (not )?so\\.', ([what, not]) => `„${what}“ trifft ${not === '' ? '' : 'nicht '}zu.`),
  reply('There (?:is|are) (none|\\d+) of “(.+)”\\.', ([count, what = '']) => `Von „${asSaid(what)}“ gibt es ${count === 'none' ? 'keine' : count}.`),
  ...refusals,
  reply('Nothing is to be done\\.', () => 'Es ist nichts zu tun.'),
]

/** A sentence about an instruction in German; as it is where there is no German one. */
export function repliedInGerman(sentence: string): string {
  // Several new ones are told in one breath.
  const several = sentence.split(/(?<=”[^“]*)\. (?=A new )/)
  if (several.length > 1) return several.map(repliedInGerman).join('. ')
  for (const [pattern, words] of replies) {
    const match = pattern.exec(sentence)
    if (match !== null) return words([...match].slice(1).map((group) => group ?? ''))
  }
  return sentence
}
