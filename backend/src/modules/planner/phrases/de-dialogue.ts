import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import { ownField } from './de-fields.ts'
import { genderOf, germanEntity, germanList, germanNumber } from './de-nouns.ts'
import { fieldLabel } from './de-paths.ts'
import type { DeclineReason, DialoguePhrases } from './dialogue-phrases.ts'
import { fewOf } from './few-of.ts'

const topics: Readonly<Record<string, string>> = {
  forecast:
    'Was geschehen wird, steht in keinem Datensatz. Was geplant ist, lässt sich fragen: die Prognose oder die Deals, die dann abgeschlossen werden sollen.',
  churn: 'Abwanderung und Kundengesundheit werden noch nicht berechnet; wer wie viel und wann bestellt hat, lässt sich fragen.',
  recommendations: 'Antworten kommen aus den Datensätzen; Ratschläge gibt es nicht.',
  capabilities:
    'Hier gibt es Antworten zu den Datensätzen in diesem CRM: Kontakte, Firmen, Leads, Deals, Produkte, Bestellungen, Aufgaben, Termine, Notizen und E-Mails; nach Name, Ort, Zeit, Betrag, Besitzer, Phase, Tag oder eigenem Feld, als Liste, Anzahl, Summe, Durchschnitt, Anteil, Rangliste oder Diagramm.',
  birthdays: 'Geburtstage, die jedes Jahr wiederkehren, lassen sich noch nicht suchen; das Geburtsjahr schon, etwa „Kontakte, die 1980 geboren sind“.',
  quality: 'Dazu steht nichts in den Datensätzen.',
}

/** Other things that no record can answer. */
const beyond: Readonly<Record<string, string>> = {
  'the time deals spend in a stage': 'die Zeit, die Deals in einer Phase verbringen,',
  weather: 'das Wetter',
  'general knowledge': 'Allgemeinwissen',
}

/** Names that the planner has for parts of a question, where nobody has said a word for them. */
const parts: Readonly<Record<string, string>> = {
  not: 'nicht',
  sort: 'Sortierung',
  order: 'Reihenfolge',
  similar: 'ähnlich',
  same: 'gleich',
  first: 'erste',
  also: 'auch',
  average: 'Durchschnitt',
  avg: 'Durchschnitt',
  median: 'Median',
  sum: 'Summe',
  'how much': 'wie viel',
  colleague: 'Kollegen',
  activity: 'Aktivität',
  activities: 'Aktivitäten',
  revenue: 'Umsatz',
}

function partName(word: string): string {
  const field = word.replaceAll(' ', '_')
  const entity = entityNames.find((name) => entities[name].fields[field] !== undefined)
  return parts[word] ?? (entity === undefined ? undefined : ownField(entity, field)?.label) ?? word
}

const quoted = (words: readonly string[]) => words.map((word) => `„${word}“`)

/** „Telefon“ von Kontakten, ohne die Beugung, die nicht jeder Name zulässt. */
function fieldOf(path: string): string {
  const [name = '', ...steps] = path.split('.')
  const entity = name as EntityName
  const label = fieldLabel(entity, steps[0] ?? '', steps.at(-1)?.replaceAll('_', ' ') ?? '')
  return `„${label}“ (${germanEntity(entity, 2)})`
}

/** Was von einer Frage für den, der sie stellt, nicht sichtbar ist. */
export function germanNotShown(fields: readonly string[]): string {
  return `${germanList(fields.map(fieldOf))} ${fields.length === 1 ? 'ist' : 'sind'} für diese Rolle nicht sichtbar.`
}

function declined(why: DeclineReason): string {
  switch (why.reason) {
    case 'notShown':
      return germanNotShown(why.fields)
    case 'sayWhat':
      return 'Was ist gemeint? Zum Beispiel der richtige Name, Ort oder Zeitraum.'
    case 'noQuestion':
      return 'Darin ist keine Frage zu erkennen.'
    case 'leansOnLost':
      return 'Das bezieht sich auf die Frage davor, auf die es keine Antwort gab.'
    case 'pointsNowhere':
      return `Es ist unklar, was „${why.word}“ nach der letzten Antwort meint.`
    case 'cannotApply':
      return 'Das lässt sich nicht auf die letzte Antwort anwenden.'
    case 'unknownWords':
      return why.words.length === 1
        ? `${quoted(why.words)[0]} ist hier unbekannt: weder ein verstandenes Wort noch ein Name oder Wert in den Datensätzen.`
        : `${germanList(fewOf(quoted(why.words), 'weitere'))} sind hier unbekannt: weder verstandene Wörter noch Namen oder Werte in den Datensätzen.`
    case 'notUnderstood':
      return 'Es ist nicht klar, wonach gefragt ist.'
    case 'whichPeriodBefore':
      return 'Es ist unklar, welcher Zeitraum davor gemeint ist.'
    case 'onlyALead':
      return `„${why.name}“ ist nur als Lead bekannt, und dazu ist das nicht hinterlegt.`
    case 'partlyUnderstood':
      return `Davon war nur ein Teil zu verstehen${why.words.length === 0 ? '' : ` (nicht ${fewOf(quoted(why.words.map(partName)), 'weitere').join(', ')})`}; geraten wird nicht.`
    case 'contradiction':
      return `Diese Bedingungen widersprechen sich: „${why.said}“. Kein Datensatz kann beide erfüllen, eine davon muss also etwas anderes meinen.`
    case 'noOther':
      return `Es gibt ${genderOf(why.entity) === 'f' ? 'keine andere' : genderOf(why.entity) === 'm' ? 'keinen anderen' : 'kein anderes'} ${germanEntity(why.entity, 1)} mit diesem Namen.`
    case 'groupsShown':
      return 'Die letzte Antwort zeigt Gruppen, keine einzelnen Datensätze; bitte den Namen nennen.'
    case 'notInList':
      return `Die letzte Antwort zeigt ${why.count === 1 ? 'einen Datensatz' : `${germanNumber(why.count)} Datensätze`}${why.of === undefined ? '' : ` von ${germanNumber(why.of)}`}.`
    case 'nothingBefore':
      return 'Vor dieser gibt es keine Antwort, zu der es zurückgehen könnte.'
    case 'noSuchQuestion':
      return 'Eine solche Frage gab es in diesem Gespräch nicht.'
    case 'noCondition':
      return 'Es gibt keine Bedingung mehr, die wegfallen könnte.'
    case 'nothingMore':
      return 'Mehr gibt es nicht zu zeigen.'
    case 'allShown':
      return `Das ist alles: ${germanNumber(why.total)} insgesamt, und alle sind gezeigt.`
    case 'tooFar':
      return `Geblättert wird bis zum ${germanNumber(why.most)}. Datensatz; für die übrigen die Frage enger stellen.`
    case 'beyond':
      return topics[why.topic] ?? `Antworten gibt es nur aus den Datensätzen in diesem CRM; ${beyond[why.topic] ?? why.topic} gehört nicht dazu.`
    case 'write':
      return 'Was geändert werden soll, ist nicht klar; es bleibt alles, wie es ist. In einem Satz sagen: was, an welchen Datensätzen, und worauf.'
    case 'thanks':
      return 'Gern geschehen.'
    case 'greeting':
      return 'Hallo! Hier gibt es Antworten zu den Datensätzen in diesem CRM.'
  }
}

export const germanDialogue: DialoguePhrases = {
  decline: declined,
  instead: (examples) => ` Mögliche Fragen sind zum Beispiel: ${germanList(quoted(examples))}.`,
  rankedIs: (said, found) => `„${said}“: ${found}`,
  whichOne: (name) => `Welcher Eintrag „${name}“ ist gemeint?`,
  theCity: (name) => `der Stadt ${name}`,
  theState: (name) => `dem Bundesstaat ${name}`,
  whichOther: (name) => `Welcher andere Eintrag „${name}“ ist gemeint?`,
  noSuchValue: (name) => `„${name}“ ist nicht zu finden. Ist eines davon gemeint?`,
  nobodyCalled: (name) => `Niemand heißt hier „${name}“. Wer ist gemeint?`,
  unknownName: (name) => `„${name}“ ist unbekannt. Ist eines davon gemeint?`,
  tooMany: (most, left) => `Auf einmal werden ${most} Fragen beantwortet; ${left === 1 ? 'die übrige' : `die ${left} übrigen`} bitte noch einmal stellen.`,
  tooManyRelated: (most, entity) =>
    `Das betrifft mehr als ${germanNumber(most)} ${germanEntity(entity, 2)}. Bitte eingrenzen, etwa auf einen Besitzer, einen Ort oder einen Zeitraum.`,
}
