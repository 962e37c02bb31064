import type { EntityName } from '#contracts/entities.ts'
import type { Gender } from './de-nouns.ts'

/** What a field is called. */
export interface FieldNoun {
  /** Heading of its column. */
  label: string
  gender: Gender
  /** The noun, where the heading is none: "Erstelldatum" of "Erstellt". */
  noun?: string
  /** Before its value inside a sentence, where the heading is no noun: "erstellt 01.03.2026". */
  said?: string
  /** After "nach", where that is another form: "letztem Kontakt". */
  by?: string
}

type Names = Readonly<Record<string, FieldNoun>>

const word = (label: string, gender: Gender, by?: string): FieldNoun => ({ label, gender, ...(by === undefined ? {} : { by }) })
const time = (label: string, noun: string, gender: Gender = 'n'): FieldNoun => ({ label, gender, noun, said: label.toLowerCase() })

/** Fields that are called the same wherever they are. */
const common: Names = {
  id: word('ID', 'f'),
  name: word('Name', 'm', 'Namen'),
  external_id: { ...word('Externe ID', 'f', 'externer ID'), said: 'externe ID' },
  first_name: word('Vorname', 'm', 'Vornamen'),
  last_name: word('Nachname', 'm', 'Nachnamen'),
  email: word('E-Mail', 'f'),
  phone: word('Telefon', 'n'),
  mobile: word('Mobiltelefon', 'n'),
  title: word('Titel', 'm'),
  description: word('Beschreibung', 'f'),
  organisation: word('Firma', 'f'),
  contact: word('Kontakt', 'm'),
  customer: word('Kunde', 'm', 'Kunden'),
  pipeline: word('Pipeline', 'f'),
  stage: word('Phase', 'f'),
  product: word('Produkt', 'n'),
  city: word('Ort', 'm'),
  state: word('Region', 'f'),
  country: word('Land', 'n'),
  industry: word('Branche', 'f'),
  source: word('Quelle', 'f'),
  status: word('Status', 'm'),
  priority: word('Priorität', 'f'),
  probability: word('Wahrscheinlichkeit', 'f'),
  currency: word('Währung', 'f'),
  sku: word('Artikelnummer', 'f'),
  order_id: word('Bestellnummer', 'f'),
  active: { label: 'Aktiv', gender: 'm', noun: 'Aktiv-Status', said: 'aktiv' },
  owner: word('Besitzer', 'm'),
  visibility: { label: 'Sichtbar für', gender: 'f', noun: 'Sichtbarkeit', said: 'sichtbar für' },
  tags: word('Tags', 'p'),
  related_type: word('Art des Bezugs', 'f'),
  related_id: word('Bezug', 'm'),
  created_at: time('Erstellt', 'Erstelldatum'),
  updated_at: time('Geändert', 'Änderungsdatum'),
  ordered_at: time('Bestellt', 'Bestelldatum'),
}

const ofPeople: Names = { title: word('Position', 'f') }

const own: Readonly<Partial<Record<EntityName, Names>>> = {
  organisations: { domain: word('Domain', 'f'), size: word('Mitarbeiterzahl', 'f') },
  contacts: {
    ...ofPeople,
    street: word('Straße', 'f'),
    postcode: word('Postleitzahl', 'f'),
    date_of_birth: word('Geburtsdatum', 'n'),
    last_contacted_at: { ...word('Letzter Kontakt', 'm', 'letztem Kontakt'), said: 'letzter Kontakt' },
  },
  leads: { ...ofPeople, rating: word('Bewertung', 'f'), converted_at: time('Umgewandelt', 'Umwandlungsdatum') },
  opportunities: {
    contact_email: word('E-Mail des Kontakts', 'f'),
    state: word('Status', 'm'),
    value: word('Wert', 'm'),
    forecast_close_date: { ...word('Erwarteter Abschluss', 'm', 'erwartetem Abschluss'), said: 'erwarteter Abschluss' },
    actual_close_date: time('Abgeschlossen', 'Abschlussdatum'),
    stage_changed_at: { label: 'Phase geändert', gender: 'm', noun: 'Phasenwechsel', said: 'letzter Phasenwechsel' },
  },
  stages: { position: word('Reihenfolge', 'f') },
  products: {
    category: word('Kategorie', 'f'),
    brand: word('Marke', 'f'),
    price: word('Preis', 'm'),
    cost: word('Kosten', 'p'),
    stock: word('Bestand', 'm'),
  },
  orders: { total: word('Bestellwert', 'm'), line_count: { label: 'Positionen', gender: 'f', noun: 'Positionszahl', said: 'Positionen' } },
  order_lines: { quantity: word('Menge', 'f'), unit_price: word('Einzelpreis', 'm'), amount: word('Betrag', 'm') },
  quotes: {
    opportunity: word('Deal', 'm'),
    contact_email: word('E-Mail des Kontakts', 'f'),
    quote_number: word('Angebotsnummer', 'f'),
    expiration_date: time('Gültig bis', 'Ablaufdatum'),
    subtotal: word('Zwischensumme', 'f'),
    discount: word('Rabatt', 'm'),
    tax: word('Steuer', 'f'),
    shipping: word('Versand', 'm'),
    total: word('Angebotswert', 'm'),
  },
  quote_lines: {
    quote: word('Angebot', 'n'),
    position: word('Reihenfolge', 'f'),
    quantity: word('Menge', 'f'),
    list_price: word('Listenpreis', 'm'),
    unit_price: word('Einzelpreis', 'm'),
    subtotal: word('Zwischensumme', 'f'),
    discount: word('Rabatt', 'm'),
    total: word('Betrag', 'm'),
  },
  tasks: { due_at: time('Fällig', 'Fälligkeit', 'f'), completed_at: time('Erledigt', 'Erledigungsdatum') },
  events: { starts_at: word('Beginn', 'm'), ends_at: word('Ende', 'n'), attendees: word('Teilnehmende', 'p', 'Teilnehmenden') },
  notes: { body: word('Text', 'm'), author: word('Autor', 'm') },
  emails: {
    from: word('Absender', 'm'),
    to: word('Empfänger', 'm'),
    subject: word('Betreff', 'm'),
    body: word('Text', 'm'),
    sent_at: time('Gesendet', 'Sendedatum'),
    direction: word('Richtung', 'f'),
  },
  users: { role: word('Rolle', 'f') },
}

/** A field of an entity; undefined for a workspace's own. */
export function ownField(entity: EntityName, field: string): FieldNoun | undefined {
  return own[entity]?.[field] ?? common[field]
}
