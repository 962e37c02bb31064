import { forms, formsOfAll } from './inflect.ts'
import type { Vocabulary } from './vocabulary.ts'

export const germanGenericFigures = forms('größe|wert|volumen|betrag|summe|preis|werte|beträge|höhe|umfang')

/** Further names of fields, by field name. */
export const germanFields: Vocabulary['fields'] = formsOfAll({
  name: 'name|namen|voller name|vollen namen|bezeichnung|vollständiger name',
  first_name: 'vorname|vornamen',
  last_name: 'nachname|nachnamen|familienname|familiennamen|zuname',
  email:
    'e mail adresse|e mail adressen|emailadresse|emailadressen|email adresse|email adressen|mailadresse|mailadressen|mail adresse|e mail|email|mail|e mails|emails|e mail kontakt|elektronische adresse',
  phone:
    'telefonnummer|telefonnummern|telefon|telefonnr|telefon nummer|rufnummer|rufnummern|festnetz|festnetznummer|festnetznummern|durchwahl|nummer zum anrufen|kontaktnummer|tel|wie erreiche ich|wie kann ich anrufen|wie kann ich erreichen|wie ist zu erreichen|unter welcher nummer erreiche ich|telefonisch',
  mobile: 'handy|handynummer|handynummern|mobilnummer|mobilnummern|mobiltelefon|mobil|mobilfunknummer|handy nummer',
  title: 'position|positionen|position im unternehmen|stellenbezeichnung|funktion|berufsbezeichnung|jobtitel|job titel|beruf|rolle|stelle|titel|jobbezeichnung',
  organisation: 'arbeitgeber|firma|unternehmen|organisation',
  street: 'straße|anschrift|adresse|adressen|postadresse|hausanschrift|straßenname|postanschrift',
  postcode: 'postleitzahl|postleitzahlen|plz',
  city: 'stadt|städte|städten|ort|orte|orten|wohnort|standort|standorte|standorten|firmensitz',
  state: 'bundesland|bundesländer|region|regionen|bundesstaat|bundesstaaten|provinz',
  country: 'land|länder|ländern|landes|nation|staat',
  date_of_birth: 'geburtsdatum|geburtstag|geburtstage|geburtsdaten',
  last_contacted_at: 'letzt~ kontakt|letzt~ kontaktaufnahme|zuletzt kontaktiert|letzter kontaktzeitpunkt|datum des letzten kontakts|kontaktdatum',
  source: 'quelle|quellen|leadquelle|leadquellen|lead quelle|herkunft|kanal|kanäle|kanälen|ursprung|akquisekanal|kontaktquelle',
  owner:
    'besitzer|owner|inhaber|verantwortliche|verantwortlicher|verantwortlichem|verantwortlichen|zuständige|zuständiger|zuständigem|zuständigen|betreuer|kundenbetreuer|account manager',
  industry: 'branche|branchen|industrie|industrien|industriezweig|wirtschaftszweig|sektor|sektoren|geschäftsfeld',
  size: 'mitarbeiterzahl|mitarbeiter|mitarbeitern|mitarbeiterinnen und mitarbeiter|mitarbeiteranzahl|beschäftigte|beschäftigten|belegschaft|angestellte|angestellten|größe|unternehmensgröße|firmengröße|zahl der mitarbeiter|anzahl der mitarbeiter|anzahl mitarbeiter|köpfe|personalstärke|leute beschäftigt',
  domain: 'webseite|website|webseiten|homepage|internetseite|domain|domains|internetadresse|webadresse|url',
  rating: 'bewertung|bewertungen|leadbewertung|score|lead score|leadscore|sterne|sternen|punktzahl|einstufung|bewertet mit',
  status: 'status|leadstatus|lead status|aufgabenstatus|bearbeitungsstatus',
  value: 'wert|werte|werten|dealwert|deal wert|dealwerte|auftragswert|volumen|dealvolumen|betrag|beträge|höhe|größe|dealgröße|auftragsvolumen|summe|geldwert',
  forecast_close_date:
    'abschlussdatum|abschlusstermin|erwartetes abschlussdatum|erwartetem abschlussdatum|erwarteten abschlussdatum|geplantes abschlussdatum|geplantem abschlussdatum|erwarteter abschluss|voraussichtliches abschlussdatum|voraussichtlichem abschlussdatum|voraussichtlicher abschluss|close date|zieldatum|geplanter abschluss',
  actual_close_date: 'tatsächliches abschlussdatum|tatsächlichem abschlussdatum|datum des abschlusses|abgeschlossen am|gewinndatum',
  probability:
    'wahrscheinlichkeit|wahrscheinlichkeiten|gewinnwahrscheinlichkeit|abschlusswahrscheinlichkeit|erfolgswahrscheinlichkeit|gewinnchance|gewinnchancen|erfolgschance',
  stage_changed_at: 'letzter phasenwechsel|letzten phasenwechsel|phasenwechsel|datum des phasenwechsels|letzter stufenwechsel',
  created_at:
    'erstellt am|erstelldatum|erstellungsdatum|angelegt am|anlagedatum|anlegedatum|datum der erstellung|erstellt|alter|erfassungsdatum|hinzugefügt am',
  updated_at: 'letzte änderung|letzten änderung|zuletzt geändert|änderungsdatum|zuletzt aktualisiert|letzte aktualisierung|zuletzt bearbeitet',
  price: 'preis|preise|preisen|listenpreis|stückpreis|verkaufspreis|einzelpreis|listenpreise',
  cost: 'kosten|einkaufspreis|einkaufspreise|stückkosten|herstellungskosten|selbstkosten',
  stock: 'bestand|bestände|beständen|lagerbestand|lagerbestände|lagermenge|vorrat|vorräte|auf lager|stück auf lager|lager|lagerbeständen',
  category: 'kategorie|kategorien|produktkategorie|produktkategorien|warengruppe|warengruppen|produktgruppe|produktgruppen|produktart|produktlinie',
  brand: 'marke|marken|hersteller|herstellern|fabrikat',
  total: 'bestellwert|bestellsumme|auftragssumme|rechnungsbetrag|rechnungssumme|gesamtbetrag|warenkorb|warenkorbwert|bestellwerte',
  line_count: 'anzahl der positionen|positionsanzahl|anzahl positionen',
  ordered_at: 'bestelldatum|auftragsdatum|kaufdatum|rechnungsdatum|bestellt am|datum der bestellung|bestelldaten',
  order_id: 'bestellnummer|auftragsnummer|rechnungsnummer|bestellnr|auftragsnr',
  quantity: 'menge|mengen|stückzahl|stückzahlen|stück|einheiten|anzahl einheiten',
  amount: 'positionsbetrag|zeilenbetrag|positionswert',
  quote_number: 'angebotsnummer|angebotsnummern|angebotsnr',
  expiration_date: 'ablaufdatum|gültig bis|ablaufend~|gültigkeit|gültigkeitsdatum',
  due_at: 'fälligkeitsdatum|fälligkeit|frist|deadline|fällig am|fälligkeitstermin|abgabetermin|termin der fälligkeit',
  completed_at: 'erledigungsdatum|erledigt am|fertigstellungsdatum|abschlusszeitpunkt|datum der erledigung',
  priority: 'priorität|prioritäten|prio|dringlichkeit|wichtigkeit',
  starts_at: 'beginn|anfang|startzeit|startdatum|anfangszeit|uhrzeit|termin beginn|start',
  ends_at: 'ende|endzeit|enddatum',
  attendees: 'teilnehmer|teilnehmern|teilnehmende|teilnehmenden|eingeladene|gäste|teilnehmerin|teilnehmerinnen',
  author: 'autor|autoren|autorin|verfasser|verfasserin|schreiber',
  sent_at: 'sendedatum|versanddatum|gesendet am|verschickt am|sendezeit',
  subject: 'betreff|betreffzeile|thema|betreffs',
  currency: 'währung|währungen',
  converted_at: 'konvertierungsdatum|umwandlungsdatum|konvertiert am|umgewandelt am|datum der umwandlung',
  sku: 'artikelnummer|artikelnummern|produktnummer|produktcode|artikelcode|sku',
  stage: 'phase|stufe|verkaufsphase|pipelinephase|vertriebsphase|stadium|dealphase|stage',
  external_id: 'externe id|externe nummer|kundennummer|referenznummer|externe kennung|externe ids',
  tags: 'tag|tags|schlagwort|schlagwörter|schlagworte|getaggt~|getaggt~ mit|getaggt als|markiert~ als|markiert~ mit|markiert~|mit dem tag|mit tag|mit dem schlagwort|mit schlagwort|gekennzeichnet~ als|label',
  direction: 'richtung',
  customer: 'kunde|käufer|besteller',
  state_of_deal: 'ergebnis|ausgang|dealstatus|deal status|stand|status',
  body: 'inhalt|text',
  place: 'standort|ort|sitz|adresse|ansässig',
  pipeline: 'pipeline|vertriebspipeline',
})

/** Nouns that name a figure and the entity it is of. */
export const germanMeasures: Vocabulary['measures'] = formsOfAll({
  revenue:
    'umsatz|umsätze|umsätzen|umsatzes|verkäufe|verkäufen|erlös|erlöse|erlösen|einnahmen|nettoumsatz|bestellumsatz|verkaufsumsatz|absatz in geld|verkaufserlöse|geld verdient|geld eingenommen|verdient|eingenommen|umgesetzt|umsatzzahlen|verkaufszahlen|gesamtumsatz|gesamtumsätze|einkaufsvolumen|bestellvolumen|kundenumsatz',
  pipelineValue:
    'pipelinewert|pipeline wert|wert der pipeline|wert unserer pipeline|wert der offenen pipeline|wert meiner pipeline|offene pipeline|offenen pipeline|geld in der pipeline|geld ist in der pipeline|geld ist gerade in der pipeline|geld ist aktuell in der pipeline|geld ist derzeit in der pipeline|geld haben wir gerade in der pipeline|geld haben wir aktuell in der pipeline|geld steckt gerade in der pipeline|geld steckt aktuell in der pipeline|geld liegt in der pipeline|geld steckt in unserer pipeline|geld ist in unserer pipeline|geld haben wir in der pipeline|geld steckt in der pipeline|ist unsere pipeline wert|ist die pipeline wert|pipelinevolumen|pipeline volumen|volumen der pipeline|volumen unserer pipeline|größe der pipeline|größe unserer pipeline|gesamtwert der pipeline|gesamte pipeline|haben wir in der pipeline|steckt in der pipeline|liegt in der pipeline|ist in der pipeline|wert in der pipeline|wert ist unsere pipeline|wert ist die pipeline|groß ist unsere pipeline',
  quantity:
    'verkauft~ stückzahl|verkauft~ stückzahlen|verkauft~ stück|verkauft~ menge|verkauft~ mengen|verkauft~ einheiten|verkauft~ artikel|absatz|absatzmenge|absatzmengen|stück verkauft|einheiten verkauft|stückzahl verkauft|verkaufsmenge|stückabsatz',
  winRate:
    'gewinnquote|gewinnrate|abschlussquote|abschlussrate|erfolgsquote|erfolgsrate|trefferquote|win rate|winrate|gewinnquoten|abschlussquoten|erfolgsquoten|gewinnraten|quote gewonnener deals|anteil gewonnener deals|siegquote',
  lossRate: 'verlustquote|verlustrate|verlustquoten|misserfolgsquote|anteil verlorener deals|quote verlorener deals|lossrate|loss rate',
  forecast:
    'prognose|prognosen|umsatzprognose|vertriebsprognose|verkaufsprognose|forecast|forecasts|erwarteter umsatz|erwarteten umsatz|erwartete einnahmen|voraussichtlicher umsatz|voraussichtlichen umsatz|hochrechnung|umsatzerwartung|werden wir gewinnen|werden wir abschließen|umsatz erwarten wir|geld erwarten wir|erwarten wir|umsatz können wir erwarten|dealprognose',
  weightedValue:
    'gewichtet~|gewichteter wert|gewichteten wert|gewichteter pipelinewert|gewichteten pipelinewert|gewichtete pipeline|gewichteten pipeline|gewichteter wert der pipeline|gewichteter wert der offenen pipeline|gewichteter wert unserer pipeline|gewichteten wert der pipeline|gewichteten wert der offenen pipeline|nach wahrscheinlichkeit gewichtet|mit wahrscheinlichkeit gewichtet|wahrscheinlichkeitsgewichtet~|gewichtetes volumen|gewichteter dealwert|gewichteter gesamtwert|gewichteten gesamtwert',
  cycleDays:
    'verkaufszyklus|bis zum abschluss|bis zum gewinn|vertriebszyklus|sales cycle|zykluszeit|dauer bis zum abschluss|zeit bis zum abschluss|tage bis zum abschluss|abschlussdauer|verkaufsdauer|länge des verkaufszyklus|länge des vertriebszyklus|länge unseres verkaufszyklus|dauer des verkaufszyklus|wie lange brauchen wir bis zum abschluss|wie lange dauert es bis zum abschluss|wie lange dauert ein deal|wie lange dauern deals|wie lange dauern unsere deals|wie lange brauchen wir um einen deal zu gewinnen|wie lange brauchen wir um zu gewinnen|wie lange dauert es einen deal zu gewinnen|wie lange dauert es einen deal abzuschließen|wie lange brauchen wir für einen deal|wie lange ist unser verkaufszyklus|wie lang ist unser verkaufszyklus|wie lange dauert unser verkaufszyklus|wie lang ist unser vertriebszyklus|wie lange brauchen wir um einen deal abzuschließen|zeit bis zum gewinn|verkaufszyklen',
  conversionDays:
    'konversionsdauer|konvertierungsdauer|umwandlungsdauer|dauer bis zur konvertierung|zeit bis zur konvertierung|tage bis zur konvertierung|zeit bis zur umwandlung|tage bis zur umwandlung|wie lange dauert es bis zur konvertierung|wie lange brauchen leads bis zur konvertierung|wie lange dauert es einen lead zu konvertieren|wie lange brauchen wir um einen lead zu konvertieren',
  conversionRate:
    'konversionsrate|konversionsraten|konversionsquote|konvertierungsrate|konvertierungsquote|conversion rate|conversionrate|umwandlungsquote|umwandlungsrate|lead konversionsrate|leadkonversion|lead conversion|umwandlungsquoten|conversion|konvertierungsraten|leadkonversionsrate',
  averageOrder:
    'durchschnittlicher bestellwert|durchschnittlichen bestellwert|durchschnittliche bestellung|durchschnittlicher warenkorb|durchschnittlichen warenkorb|mittlerer bestellwert|durchschnittlicher auftragswert einer bestellung|durchschnittsbestellwert|durchschnittliche bestellgröße|durchschnittliche bestellsumme',
  averageDeal:
    'durchschnittliche dealgröße|durchschnittlichen dealgröße|durchschnittlicher dealwert|durchschnittlichen dealwert|durchschnittlicher deal|durchschnittlichen deal|mittlere dealgröße|mittlerer dealwert|durchschnittliches dealvolumen|durchschnittlicher auftragswert|durchschnittlichen auftragswert|typische dealgröße|durchschnittliche größe eines deals|durchschnittlicher wert eines deals|durchschnittliches auftragsvolumen',
})
