import { dateOf } from './german-moments.ts'
import { asSaid, fieldNamed, inGermanMarks, namesIn, nounOf, object, type Reply, record, reply, subject } from './german-nouns.ts'

const nothingChanges = 'deshalb ändert sich nichts'
const untilThen = 'Bis dahin ändert sich nichts.'

/** Limits of what is done at a time. */
const limits: readonly Reply[] = [
  reply(
    'That would delete all (\\d+) ([a-z-]+) there are, so nothing would change\\..*',
    ([count, many = '']) => `Das würde alle ${count} ${nounOf(many)?.[2] ?? many} löschen, die es gibt, ${nothingChanges}. Welche sind gemeint?`,
  ),
  reply(
    'That would be (\\d+) changes, and at most (\\d+) are proposed at a time\\..*',
    ([count, most]) => `Das wären ${count} Änderungen, und höchstens ${most} werden auf einmal vorgeschlagen. Grenzen Sie es ein.`,
  ),
  reply(
    '(\\d+) records match, and at most (\\d+) are changed at a time\\..*',
    ([count, most]) =>
      `Dazu passen ${count} Datensätze, und höchstens ${most} werden auf einmal geändert. Grenzen Sie es ein, zum Beispiel nach Besitzer oder nach Zeit.`,
  ),
  reply(
    '(\\d+) e-mails match; at most (\\d+) are forwarded at a time\\..*',
    ([count, most]) => `Dazu passen ${count} E-Mails, und höchstens ${most} werden auf einmal weitergeleitet. Grenzen Sie es ein.`,
  ),
]

/** It is not known which records, or how many of them. */
const records: readonly Reply[] = [
  reply(
    'Which (.+) do you mean\\? Say “all” of them, or name them; nothing would change until you do\\.',
    ([which = '']) => `Was ist mit „${asSaid(which)}“ gemeint? Sagen Sie „alle“, oder nennen Sie sie. ${untilThen}`,
  ),
  reply(
    'By what is “(.+)” the (first|last)\\?.*',
    ([which = '', place]) => `Wonach ist „${asSaid(which)}“ ${place === 'first' ? 'das erste' : 'das letzte'}? Nennen Sie den Datensatz. ${untilThen}`,
  ),
  reply(
    'Nobody can say which is “(.+)”: there are some in (.+), and amounts of different currencies have no order\\. .* as in “(\\S+) deal”.*',
    ([which = '', currencies, currency]) =>
      `Was „${asSaid(which)}“ ist, kann niemand sagen: Es gibt welche in ${currencies}, und Beträge verschiedener Währungen haben keine Reihenfolge. Nennen Sie den Deal oder seine Währung, etwa „Deal in ${currency}“. ${untilThen}`,
  ),
  reply(
    'There are (\\d+) of “(.+)”, and not (\\d+)\\..*',
    ([count, which = '', said]) => `Von „${asSaid(which)}“ gibt es ${count} und nicht ${said}. Welche sind gemeint? ${untilThen}`,
  ),
  reply(
    'Which of them do you mean by “(.+)”\\? Nothing would change until you say\\.',
    ([which = '']) => `Was ist mit „${asSaid(which)}“ gemeint? ${untilThen}`,
  ),
  reply(
    'I could not tell which records “(.+)” are, so nothing would change\\..*',
    ([which = '']) => `Welche Datensätze „${asSaid(which)}“ sind, war nicht zu erkennen, ${nothingChanges}. Nennen Sie sie so, wie sie hier heißen.`,
  ),
  reply('(.+) cannot be given that, so nothing would change\\.', ([name]) => `${name} kann das nicht bekommen, ${nothingChanges}.`),
  reply('(.+) is converted already, so nothing would change\\.', ([who]) => `${who} ist schon umgewandelt, ${nothingChanges}.`),
  reply(
    'No record here has the (.+?) “(.+?)”, so nothing would change\\. In use are (.+)\\. Which of them do you mean\\?',
    ([field = '', value, used = '']) =>
      `Kein Datensatz hier hat bei ${fieldNamed(field)} „${value}“, ${nothingChanges}. In Gebrauch sind ${inGermanMarks(used)}. Was ist gemeint?`,
  ),
  reply(
    '(.+) has no (time|follow-up date) that could be moved, so nothing would change\\.',
    ([name, date]) => `${name} hat ${date === 'time' ? 'keine Zeit, die' : 'kein Wiedervorlagedatum, das'} verschoben werden könnte, ${nothingChanges}.`,
  ),
  reply(
    `${record} (has|does not have) the tag “(.+)” already, so nothing would change\\.`,
    (of) => `${subject(of, 'hat')} das Tag „${of[5]}“ ${of[4] === 'has' ? 'schon' : 'gar nicht'}, ${nothingChanges}.`,
  ),
  reply(
    `${record} (belongs|does not belong) to (.+) already, so nothing would change\\.`,
    (of) => `${subject(of, 'gehört')} ${of[4] === 'belongs' ? 'schon' : 'gar nicht'} zu ${of[5]}, ${nothingChanges}.`,
  ),
]

/** One record is to become part of another. */
const merging: readonly Reply[] = [
  reply('Which of them is to stay\\?.*', () => `Welcher der beiden Datensätze soll bleiben? ${untilThen}`),
  reply('There is only one “(.+)”, so nothing would be merged\\.', ([name]) => `„${name}“ gibt es nur einmal, deshalb wird nichts zusammengeführt.`),
  reply(
    'There are (\\d+) of “(.+)”\\. Name the two that are the same; nothing would change until you do\\.',
    ([count, which = '']) => `Von „${asSaid(which)}“ gibt es ${count}. Nennen Sie die beiden, die dasselbe sind. ${untilThen}`,
  ),
  reply('That is one and the same record, so nothing would be merged\\.', () => 'Das ist ein und derselbe Datensatz, deshalb wird nichts zusammengeführt.'),
  reply(
    `${record} are meant\\. Name the one that is to become part of “(.+)”; nothing would change until you do\\.`,
    (of) => `Gemeint sind ${object(of)}. Nennen Sie den Datensatz, der in „${of[4]}“ aufgehen soll. ${untilThen}`,
  ),
  reply(
    'There is a contact (.+) with that e-mail address already, so nothing would change\\..*',
    ([name]) => `Es gibt schon den Kontakt ${name} mit dieser E-Mail-Adresse, ${nothingChanges}. Führen Sie die beiden zusammen, oder ändern Sie die Adresse.`,
  ),
]

/** It is not known who. */
const people: readonly Reply[] = [
  reply('There is more than one “(.+)”\\. Whom do you mean\\?', ([who]) => `Mehr als eine Person heißt „${who}“. Wer ist gemeint?`),
  reply(
    'Whom do you mean\\? More than one person was named, so nothing would change\\.',
    () => `Wer ist gemeint? Mehr als eine Person ist genannt, ${nothingChanges}.`,
  ),
  reply('Say by name whom you mean\\.', () => 'Nennen Sie beim Namen, wer gemeint ist.'),
  reply('Say by name who is to have them\\.', () => 'Nennen Sie beim Namen, an wen sie gehen sollen.'),
  reply('No such e-mail was found, so nothing would change\\.', () => `Eine solche E-Mail wurde nicht gefunden, ${nothingChanges}.`),
  reply(
    'More than one person sent such e-mails, so nothing would change\\..*',
    () => `Solche E-Mails hat mehr als eine Person geschickt, ${nothingChanges}. Wer ist gemeint?`,
  ),
  reply(
    'I could not tell whose “(.+)” is, so nothing would change\\.',
    ([which = '']) => `Wem „${asSaid(which)}“ gehört, war nicht zu erkennen, ${nothingChanges}.`,
  ),
  reply(
    'I could not tell who has (most|fewest) (.+), so nothing would change\\.',
    ([most, which = '']) => `Wer ${most === 'most' ? 'die meisten' : 'die wenigsten'} „${asSaid(which)}“ hat, war nicht zu erkennen, ${nothingChanges}.`,
  ),
  reply(
    '(.+) has no e-mail address here, so nothing would change\\..*',
    ([who]) => `${who} hat hier keine E-Mail-Adresse, ${nothingChanges}. Nennen Sie die Adresse selbst.`,
  ),
  reply(
    '(.+) is not one of the people of this workspace, so nothing would change\\..*',
    ([who]) => `${who} gehört nicht zu diesem Arbeitsbereich, ${nothingChanges}. Laden Sie die Person erst ein, oder nennen Sie eine andere.`,
  ),
  reply(
    '“(.*)” is one of the people of this workspace, so no ([a-z-]+) would be added\\..*',
    ([who, kind = '']) =>
      `„${who}“ gehört zu diesem Arbeitsbereich, deshalb wird ${nounOf(kind)?.[1] === 'Die' ? 'keine' : 'kein'} ${nounOf(kind)?.[0] ?? kind} angelegt. Nennen Sie den ganzen Namen der neuen Person.`,
  ),
  reply(
    'A note belongs to whoever writes it, so it cannot be assigned\\..*',
    () => 'Eine Notiz gehört der Person, die sie schreibt, und lässt sich niemandem zuweisen. Ohne das kann sie angelegt werden.',
  ),
]

/** Meetings and mails lack something. */
const calendarAndMail: readonly Reply[] = [
  reply('What is the e-mail to say\\?.*', () => 'Was soll in der E-Mail stehen? Setzen Sie den Text in Anführungszeichen. Bis dahin wird nichts gesendet.'),
  reply('What is the reply to say\\?.*', () => 'Was soll in der Antwort stehen? Setzen Sie den Text in Anführungszeichen. Bis dahin wird nichts gesendet.'),
  reply('To whom is the e-mail to go\\?.*', () => 'An wen soll die E-Mail gehen? Bis dahin wird nichts gesendet.'),
  reply('When is it to be\\?.*', () => `Wann soll das sein? ${untilThen}`),
  reply('At what time on (.+) is it to begin\\?.*', ([when = '']) => `Um wie viel Uhr am ${dateOf(when)} soll es beginnen? ${untilThen}`),
  reply(
    '(.+) is over, so no meeting can be at that time\\..*',
    ([when = '']) => `${dateOf(when)} ist vorbei, dann kann kein Termin sein. Nennen Sie einen Tag, der noch kommt.`,
  ),
  reply('With whom is it to be\\? More than one person was named\\.', () => 'Mit wem soll das sein? Mehr als eine Person ist genannt.'),
  reply('On which day is it to be\\?.*', () => `An welchem Tag soll das sein? ${untilThen}`),
  reply('What is the meeting called, or with whom is it\\?.*', () => `Wie heißt der Termin, oder mit wem ist er? ${untilThen}`),
  reply(
    'There is no time in the next 30 days at which you are free for so long\\.',
    () => 'In den nächsten 30 Tagen gibt es keine Zeit, zu der Sie so lange frei sind.',
  ),
  reply('Nobody is invited to such a meeting, so nothing would change\\.', () => `Zu einem solchen Termin ist niemand eingeladen, ${nothingChanges}.`),
  reply('That changes nothing: (.+) is there already\\.', ([who = '']) => `Das ändert nichts: ${namesIn(who)} nimmt schon teil.`),
  reply('That changes nothing: (.+) is not among the attendees\\.', ([who = '']) => `Das ändert nichts: ${namesIn(who)} gehört nicht zu den Teilnehmern.`),
  reply('(.+) is not among the attendees, so nothing would change\\.', ([who]) => `${who} gehört nicht zu den Teilnehmern, ${nothingChanges}.`),
  reply(
    'More than one person attends it, so nothing would change\\..*',
    () => `Daran nimmt mehr als eine Person teil, ${nothingChanges}. Wer soll ersetzt werden?`,
  ),
]

/** Why an instruction is not carried out, or what is to be said first. */
export const refusals: readonly Reply[] = [...limits, ...records, ...merging, ...people, ...calendarAndMail]
