import type { SystemExport } from './system-export.ts'

export const germanExports: SystemExport[] = [
  {
    system: 'a German office program',
    entity: 'contacts',
    file: `Kundennummer;Vorname;Nachname;Firma;E-Mail;Telefon;Mobil;Straße;PLZ;Ort;Land;Geburtsdatum;Zuständig;Erstellt am
K-1;Jürgen;Groß;Bäcker & Söhne;juergen@baecker.example;030 1;0171 2;Hauptstraße 5;01067;Dresden;Deutschland;31.12.1970;Kim Lee;05.03.2024
`,
    mapping: {
      Kundennummer: 'external_id',
      Vorname: 'first_name',
      Nachname: 'last_name',
      Firma: 'organisation',
      'E-Mail': 'email',
      Telefon: 'phone',
      Mobil: 'mobile',
      Straße: 'street',
      PLZ: 'postcode',
      Ort: 'city',
      Land: 'country',
      Geburtsdatum: 'date_of_birth',
      Zuständig: 'owner',
      'Erstellt am': 'created_at',
    },
    record: {
      external_id: 'K-1',
      name: 'Jürgen Groß',
      postcode: '01067',
      city: 'Dresden',
      date_of_birth: '1970-12-31',
      created_at: '2024-03-05T00:00:00.000Z',
    },
  },
  {
    system: 'a German office program',
    entity: 'opportunities',
    file: `Verkaufschance;Kunde;Phase;Umsatz;Währung;Wahrscheinlichkeit;Abschlussdatum;Betreuer
Umbau;Bäcker & Söhne;Gewonnen;1.234.567,50;EUR;100 %;12. März 2024;Kim Lee
Anbau;Bäcker & Söhne;Angebot;1.500;EUR;12,5 %;01.12.2024;Kim Lee
`,
    mapping: {
      Verkaufschance: 'name',
      Kunde: 'organisation',
      Phase: 'stage',
      Umsatz: 'value',
      Währung: 'currency',
      Wahrscheinlichkeit: 'probability',
      Abschlussdatum: 'forecast_close_date',
      Betreuer: 'owner',
    },
    record: {
      name: 'Umbau',
      state: 'won',
      value: '1234567.50',
      currency: 'EUR',
      probability: 100,
      forecast_close_date: '2024-03-12',
      actual_close_date: '2024-03-12',
    },
  },
  {
    system: 'a German office program',
    entity: 'products',
    file: `Artikelnummer;Bezeichnung;Warengruppe;Verkaufspreis;Einkaufspreis;Lagerbestand;Aktiv
A-1;Lampe;Licht;1.250;800;1.200;ja
`,
    mapping: {
      Artikelnummer: 'sku',
      Bezeichnung: 'name',
      Warengruppe: 'category',
      Verkaufspreis: 'price',
      Einkaufspreis: 'cost',
      Lagerbestand: 'stock',
      Aktiv: 'active',
    },
    record: { sku: 'A-1', name: 'Lampe', price: '1250', stock: 1200, active: true },
  },
]
