import { DateTime } from 'luxon'
import type { EntityName } from '#contracts/entities.ts'
import { germanNotShown } from './de-dialogue.ts'
import { ownName } from './de-measures.ts'
import { germanEntity, germanList, germanNumber, upperFirst } from './de-nouns.ts'
import { fieldNoun } from './de-paths.ts'
import { germanDay, units } from './de-times.ts'
import type { Note, SharedKey, SimilarTest } from './notes.ts'

const keys: Readonly<Record<SharedKey, string>> = {
  email: 'gleiche E-Mail-Adresse',
  phone: 'gleiche Telefonnummer',
  mobile: 'gleiche Mobilnummer',
  name: 'gleicher Name',
  nameAndOrganisation: 'gleicher Name bei derselben Firma',
  domain: 'gleiche Domain',
  sku: 'gleiche Artikelnummer',
}

const day = (iso: string) => germanDay(DateTime.fromISO(iso, { zone: 'utc' }))
const monthName = (month: number) => DateTime.fromObject({ year: 2000, month, day: 1 }).setLocale('de').toFormat('LLLL')
const sharedKeys = (shared: readonly SharedKey[]) =>
  `${germanList(
    shared.map((key) => keys[key]),
    'oder',
  )}; Groß- und Kleinschreibung, Akzente und Satzzeichen zählen nicht.`

/** What conditions are of that are neither a field nor one of its own. */
const slots: Readonly<Record<string, string>> = {
  record: 'Name',
  text: 'Text',
  same: 'Doppelte',
  part: 'Anteil',
  alternatives: 'Alternativen',
  orders: 'Bestellungen',
}

function slotName(entity: EntityName, slot: string): string {
  const path = slot.replace(/^\w+:/, '')
  const { noun, of } = fieldNoun({ entity, path, label: slots[path] ?? ownName(entity, path, []) })
  return `${noun}${of}`
}

function similarTest(test: SimilarTest): string {
  const { noun, of } = fieldNoun({ entity: test.entity, path: test.field, label: ownName(test.entity, test.field, []) })
  return 'value' in test ? `${noun}${of} ${test.value}` : `${noun}${of} zwischen ${germanNumber(test.low)} und ${germanNumber(test.high)}`
}

export function germanNote(note: Note): string {
  switch (note.note) {
    case 'aboutIsTenPercent':
      return '„Etwa“ heißt hier: bis zu 10 % darüber oder darunter.'
    case 'activity':
      return 'Als Aktivität zählt, was zum Datensatz hinterlegt ist: Notizen, Aufgaben, Termine und E-Mails.'
    case 'atRisk':
      return `Gefährdet sind offene Deals, deren erwarteter Abschluss vorbei ist oder deren Phase seit ${note.days} Tagen gleich ist.`
    case 'bestLeads':
      return 'Die besten sind die mit dem größten Anteil umgewandelter Leads.'
    case 'bothInOneOrder':
      return 'Gezählt sind Bestellungen, die beides enthalten.'
    case 'boughtBoth':
      return 'Gezählt sind Kunden, die beides gekauft haben, egal in welcher Bestellung.'
    case 'closedIsWon':
      return 'Abgeschlossen heißt hier: gewonnen.'
    case 'colleagues':
      return 'Kollegen sind die anderen Kontakte derselben Firma.'
    case 'comparedWith':
      return `Verglichen mit ${note.label}: ${sharedKeys(note.keys)}`
    case 'customersAre':
      return note.ordered ? `Kunden sind hier ${germanEntity(note.entity, 2)}, die bestellt haben.` : `Kunden sind hier alle ${germanEntity(note.entity, 2)}.`
    case 'customerSince':
      return `${note.label} ist Kunde seit der ersten Bestellung.`
    case 'dropped':
      return `${upperFirst(germanEntity(note.entity, 2))} haben diese Angabe nicht: ${germanList([...new Set(note.slots.map((slot) => slotName(note.from, slot)))], 'oder')}. Die Bedingung entfällt.`
    case 'eachCurrencyAlone':
      return 'Jede Währung hat ihre eigene Rangfolge.'
    case 'few':
      return `„Einige“ sind hier ${note.count} ${unitsOf(note.unit)}.`
    case 'firstOfSame':
      return `Das sind die ersten ${germanNumber(note.count)} davon.`
    case 'fiscalYear':
      return `Das Geschäftsjahr beginnt hier im ${monthName(note.month)}.`
    case 'forecast':
      return 'Eine Prognose ist der Wert der offenen Deals, deren Abschluss dann erwartet wird; gewichtet wird nach Wahrscheinlichkeit.'
    case 'kindByName':
      return `Mit „${note.text}“ sind ${note.entity === 'products' ? 'Produkte' : 'Firmen'} mit „${note.word}“ im Namen gemeint.`
    case 'exceptions':
      return 'Gezeigt werden die, für die es nicht gilt.'
    case 'inPipeline':
      return 'Gezählt sind nur offene Deals.'
    case 'inStage':
      return 'In einer Phase sind nur offene Deals; abgeschlossene haben sie verlassen.'
    case 'mentionsOnly':
      return 'Gesucht sind Notizen, die es erwähnen; ob lobend oder klagend, ist nicht zu erkennen.'
    case 'mixedCurrencies':
      return 'Beträge in verschiedenen Währungen sind nach der Zahl geordnet, ohne Umrechnung.'
    case 'months':
      return `Gemeint ist ${monthName(note.from)} bis ${monthName(note.to)}.`
    case 'noCatalogue':
      return 'Es gibt keinen Produktkatalog; Produkte sind nach der Beschreibung ihrer Bestellpositionen unterschieden.'
    case 'notShown':
      return germanNotShown(note.fields)
    case 'openTasks':
      return 'Erledigte Aufgaben sind weggelassen.'
    case 'ofShown':
      return `Gemeint sind die von ${note.label}.`
    case 'rankedByDeals':
      return `Geordnet nach dem Wert der ${note.state === undefined ? '' : `${note.state === 'open' ? 'offenen' : 'gewonnenen'} `}Deals.`
    case 'rankedByRevenue':
      return 'Geordnet nach Umsatz.'
    case 'recently':
      return `„Kürzlich“ meint die letzten ${note.days} Tage.`
    case 'sales':
      return 'Umsatz ist hier der Wert der gewonnenen Deals.'
    case 'samePeriod':
      return `Der gleiche Zeitraum ist das Jahr bis zum ${day(note.until)}.`
    case 'sameKeys':
      return `Als doppelt gilt: ${sharedKeys(note.keys)}`
    case 'similar':
      return `Ähnlich wie ${note.label} heißt: ${germanList(note.tests.map(similarTest))}.`
    case 'soon':
      return `Bald heißt: innerhalb von ${note.days} Tagen.`
    case 'stalled':
      return `Festgefahren sind offene Deals, deren Phase seit ${note.days} Tagen gleich ist.`
    case 'takenAs':
      return `Gemeint ist ${day(note.from)} bis ${day(note.to)}.`
    case 'tooLittleKnown':
      return `Über ${note.label} ist zu wenig bekannt, um Ähnliche zu finden.`
    case 'weighted':
      return 'Gewichtet wird nach Wahrscheinlichkeit.'
    case 'wordsInText':
      return `Gesucht sind die Wörter von „${note.text}“ im Text.`
  }
}

function unitsOf(unit: string): string {
  return unit in units ? units[unit as keyof typeof units].many : unit
}
