import type { EntityName } from '#contracts/entities.ts'
import { type Nouns, nounsOf } from './inflect.ts'

const sources: Readonly<Record<EntityName, string>> = {
  organisations:
    'organisation/organisationen|firma/firmen|unternehmen/unternehmen|betrieb/betriebe|gesellschaft/gesellschaften|account/accounts|konzern/konzerne|arbeitgeber/arbeitgeber|firmenkunde/firmenkunden|kundenunternehmen/kundenunternehmen|geschäftspartner/geschäftspartner',
  contacts:
    'kontakt/kontakte|person/personen|ansprechpartner/ansprechpartner|ansprechpartnerin/ansprechpartnerinnen|kontaktperson/kontaktpersonen|leute/leute|mensch/menschen',
  leads: 'lead/leads|interessent/interessenten|interessentin/interessentinnen|anfrage/anfragen|verkaufskontakt/verkaufskontakte',
  opportunities:
    'deal/deals|verkaufschance/verkaufschancen|opportunity/opportunities|chance/chancen|abschluss/abschlüsse|geschäft/geschäfte|verkaufsgelegenheit/verkaufsgelegenheiten|auftragschance/auftragschancen|opp/opps|vertriebschance/vertriebschancen',
  pipelines:
    'pipeline/pipelines|vertriebspipeline/vertriebspipelines|verkaufspipeline/verkaufspipelines|salespipeline/salespipelines|sales pipeline/sales pipelines|vertriebstrichter/vertriebstrichter|trichter/trichter',
  stages:
    'phase/phasen|stufe/stufen|verkaufsphase/verkaufsphasen|vertriebsphase/vertriebsphasen|pipelinephase/pipelinephasen|stage/stages|pipelinestufe/pipelinestufen|dealphase/dealphasen',
  products: 'produkt/produkte|artikel/artikel|ware/waren|erzeugnis/erzeugnisse|item/items',
  orders:
    'bestellung/bestellungen|auftrag/aufträge|kauf/käufe|order/orders|rechnung/rechnungen|kundenauftrag/kundenaufträge|einkauf/einkäufe|bestellvorgang/bestellvorgänge',
  order_lines: 'bestellposition/bestellpositionen|auftragsposition/auftragspositionen|rechnungsposition/rechnungspositionen|bestellzeile/bestellzeilen',
  quotes: 'angebot/angebote|offerte/offerten|kostenvoranschlag/kostenvoranschläge',
  quote_lines: 'angebotsposition/angebotspositionen|angebotszeile/angebotszeilen',
  tasks: 'aufgabe/aufgaben|task/tasks|todo/todos|to do/to dos|wiedervorlage/wiedervorlagen|erledigung/erledigungen',
  events:
    'termin/termine|meeting/meetings|besprechung/besprechungen|treffen/treffen|event/events|veranstaltung/veranstaltungen|kalendereintrag/kalendereinträge|anruf/anrufe|telefonat/telefonate|kalender/kalender|call/calls|verabredung/verabredungen',
  notes: 'notiz/notizen|anmerkung/anmerkungen|vermerk/vermerke|kommentar/kommentare|bemerkung/bemerkungen|gesprächsnotiz/gesprächsnotizen',
  emails: 'e mail/e mails|email/emails|mail/mails|nachricht/nachrichten',
  users:
    'besitzer/besitzer|inhaber/inhaber|verkäufer/verkäufer|verkäuferin/verkäuferinnen|vertriebler/vertriebler|vertrieblerin/vertrieblerinnen|vertriebsmitarbeiter/vertriebsmitarbeiter|vertreter/vertreter|benutzer/benutzer|nutzer/nutzer|kollege/kollegen|kollegin/kolleginnen|betreuer/betreuer|betreuerin/betreuerinnen|kundenbetreuer/kundenbetreuer|owner/owner|zuständige/zuständigen|verantwortliche/verantwortlichen|verantwortlicher/verantwortliche|zuständiger/zuständige|teammitglied/teammitglieder|sales rep/sales reps|rep/reps|account manager/account manager|bearbeiter/bearbeiter|ansprechpartner bei uns/ansprechpartner bei uns',
  tags: 'tag/tags|schlagwort/schlagwörter|etikett/etiketten|label/labels|markierung/markierungen|stichwort/stichwörter',
}

const customers = nounsOf(
  'kunde/kunden|kundin/kundinnen|käufer/käufer|käuferin/käuferinnen|abnehmer/abnehmer|besteller/besteller|auftraggeber/auftraggeber|bestandskunde/bestandskunden',
)

const nouns = Object.fromEntries(Object.entries(sources).map(([entity, source]) => [entity, nounsOf(source)])) as Record<EntityName, Nouns>

export const germanEntities = Object.fromEntries(Object.entries(nouns).map(([entity, { list }]) => [entity, list])) as Record<EntityName, string>
export const germanCustomers = customers.list
export const germanPlurals: Readonly<Record<string, string>> = Object.assign({}, customers.plurals, ...Object.values(nouns).map(({ plurals }) => plurals))
export const germanCases: Readonly<Record<string, string>> = Object.assign({}, customers.cases, ...Object.values(nouns).map(({ cases }) => cases))

/** The plural of a noun that is listed with none. */
export function germanPlural(noun: string): string {
  if (/e$/.test(noun)) return `${noun}n`
  if (/(?:ung|heit|keit|ion|schaft|tat)$/.test(noun)) return `${noun}en`
  if (/(?:er|el|en|chen|lein|s)$/.test(noun)) return noun
  return /[aiouy]$/.test(noun) ? `${noun}s` : `${noun}e`
}
