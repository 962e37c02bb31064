import type { FieldName, PhraseBook } from './phrase-book.ts'
import type { Ranking } from './record-phrases.ts'

/** A phrase in both languages. */
export interface PhraseCase {
  /** Section and function of the phrase book. */
  of: string
  say(book: PhraseBook): string | undefined
  en: string
  de: string
}

const value: FieldName = { entity: 'opportunities', path: 'value', label: 'Value' }
const owner: FieldName = { entity: 'opportunities', path: 'owner', label: 'Owner' }
const stage: FieldName = { entity: 'opportunities', path: 'stage', label: 'Stage' }
const open = { entity: 'opportunities', state: 'open' } as const
const biggest: Ranking = { subject: open, shown: 2, total: 107, direction: 'desc', isTime: false, by: value }
const newest: Ranking = {
  subject: { entity: 'contacts' },
  shown: 3,
  total: 3,
  direction: 'desc',
  isTime: true,
  by: { entity: 'contacts', path: 'created_at', label: 'Created' },
}
const april = { value: '10', bucket: '2026-04-01', unit: 'month' } as const
const may = { value: '12', bucket: '2026-05-01', unit: 'month' } as const

export const phraseCases: readonly PhraseCase[] = [
  { of: 'nouns.entity', say: ({ nouns }) => nouns.entity('tasks', 1), en: 'task', de: 'Aufgabe' },
  { of: 'nouns.entity', say: ({ nouns }) => nouns.entity('orders', 2), en: 'orders', de: 'Bestellungen' },
  { of: 'nouns.heading', say: ({ nouns }) => nouns.heading('contacts'), en: 'Contacts', de: 'Kontakte' },
  { of: 'nouns.subject', say: ({ nouns }) => nouns.subject(open, 23), en: 'open opportunities', de: 'offene Deals' },
  {
    of: 'nouns.subject',
    say: ({ nouns }) => nouns.subject({ entity: 'opportunities', state: 'won' }, 1),
    en: 'won opportunity',
    de: 'gewonnener Deal',
  },
  { of: 'nouns.value', say: ({ nouns }) => nouns.value('opportunities', 'state', 'lost'), en: 'lost', de: 'verloren' },
  { of: 'nouns.value', say: ({ nouns }) => nouns.value('contacts', 'city', 'lost'), en: 'lost', de: 'lost' },
  { of: 'times.bucket', say: ({ times }) => times.bucket('2026-03-01', 'month'), en: 'March 2026', de: 'März 2026' },
  { of: 'times.bucket', say: ({ times }) => times.bucket('2026-03-02', 'week'), en: 'week of 2 Mar 2026', de: 'Woche ab 02.03.2026' },
  { of: 'times.inBucket', say: ({ times }) => times.inBucket('2026-01-01', 'year'), en: 'in 2026', de: 'im Jahr 2026' },
  { of: 'times.upToBucket', say: ({ times }) => times.upToBucket('2026-04-01', 'quarter'), en: 'up to Q2 2026', de: 'bis Q2 2026' },
  { of: 'times.range', say: ({ times }) => times.range({ period: 'quarter', offset: -1 }), en: 'last quarter', de: 'letztes Quartal' },
  { of: 'times.range', say: ({ times }) => times.range({ last: 30, unit: 'day' }), en: 'last 30 days', de: 'letzte 30 Tage' },
  { of: 'times.range', say: ({ times }) => times.range({ from: '2026-03-01', to: '2026-04-01' }), en: 'March 2026', de: 'März 2026' },
  { of: 'times.range', say: ({ times }) => times.range({ from: '2026-03-05' }), en: 'since 5 Mar 2026', de: 'seit 05.03.2026' },
  { of: 'list', say: (book) => book.list(['A', 'B', 'C']), en: 'A, B and C', de: 'A, B und C' },
  { of: 'upperFirst', say: (book) => book.upperFirst('x'), en: 'X', de: 'X' },
  {
    of: 'records.noneFound',
    say: ({ records }) => records.noneFound({ entity: 'tasks', one: false, explanation: 'X' }),
    en: 'I found no tasks for that. I looked for: X',
    de: 'Keine Aufgaben gefunden. Gesucht wurde: X',
  },
  {
    of: 'records.noneFound',
    say: ({ records }) => records.noneFound({ entity: 'contacts', one: true, explanation: 'X' }),
    en: 'I found no contact for that. I looked for: X',
    de: 'Kein Kontakt gefunden. Gesucht wurde: X',
  },
  { of: 'records.single', say: ({ records }) => records.single('A'), en: 'A.', de: 'A.' },
  { of: 'records.known', say: ({ records }) => records.known('Acme', 'x 1'), en: 'Acme: x 1.', de: 'Acme: x 1.' },
  { of: 'records.tied', say: ({ records }) => records.tied(['A', 'B'], 3), en: 'A and B and 3 more, equally.', de: 'A, B und 3 weitere, gleichauf.' },
  {
    of: 'records.ranked',
    say: ({ records }) => records.ranked(biggest, ['A', 'B'], 0),
    en: 'Top 2 of 107 open opportunities by value: A and B.',
    de: 'Top 2 von 107 offenen Deals nach Wert: A und B.',
  },
  {
    of: 'records.ranked',
    say: ({ records }) => records.ranked(newest, ['A', 'B'], 1),
    en: 'Latest 3 contacts by created: A and B and 1 more.',
    de: 'Die 3 neuesten Kontakte nach Erstelldatum: A, B und ein weiterer Eintrag.',
  },
  {
    of: 'records.ranked',
    say: ({ records }) => records.ranked({ ...biggest, direction: 'asc', total: 2 }, ['A', 'B'], 0),
    en: 'Lowest 2 open opportunities by value: A and B.',
    de: 'Die 2 offenen Deals mit dem niedrigsten Wert: A und B.',
  },
  {
    of: 'records.few',
    say: ({ records }) => records.few({ entity: 'contacts', total: 2, yes: true, told: 'A, B' }),
    en: 'Yes: 2 contacts: A, B.',
    de: 'Ja, 2 Kontakte: A, B.',
  },
  {
    of: 'records.many',
    say: ({ records }) => records.many({ entity: 'opportunities', total: 1234, shown: 50, yes: false, by: owner }),
    en: '1,234 opportunities, by owner, 50 of 1,234 shown.',
    de: '1.234 Deals, sortiert nach Besitzer, 50 von 1.234 angezeigt.',
  },
  {
    of: 'records.page',
    say: ({ records }) => records.page({ entity: 'contacts', from: 51, to: 100, total: 1234 }),
    en: '51 to 100 of 1,234 contacts.',
    de: '51 bis 100 von 1.234 Kontakten.',
  },
  { of: 'records.fitting', say: ({ records }) => records.fitting('contacts', 2, ['A', 'B']), en: '2 contacts fit. A; B.', de: '2 Kontakte passen dazu. A; B.' },
  { of: 'records.fact', say: ({ records }) => records.fact(owner, 'Ana'), en: 'owner Ana', de: 'Besitzer Ana' },
  {
    of: 'records.notRecorded',
    say: ({ records }) => records.notRecorded({ entity: 'contacts', path: 'phone', label: 'Phone' }),
    en: 'no phone is recorded',
    de: 'Telefon ist nicht hinterlegt',
  },
  {
    of: 'records.notRecorded',
    say: ({ records }) => records.notRecorded({ entity: 'contacts', path: 'tags', label: 'Tags' }),
    en: 'no tags is recorded',
    de: 'Tags sind nicht hinterlegt',
  },
  {
    of: 'records.summary',
    say: ({ records }) => records.summary({ label: 'Acme', entity: 'organisations', facts: ['x 1'] }),
    en: 'Acme (organisation): x 1.',
    de: 'Acme (Firma): x 1.',
  },
  { of: 'records.yes', say: ({ records }) => records.yes, en: 'Yes. ', de: 'Ja. ' },
  { of: 'records.no', say: ({ records }) => records.no, en: 'No. ', de: 'Nein. ' },
  { of: 'records.noBefore', say: ({ records }) => records.noBefore('3 A.'), en: 'No: 3 A.', de: 'Nein. 3 A.' },
  { of: 'records.noBecause', say: ({ records }) => records.noBecause('Acme', ['a', 'b']), en: 'No. Acme: a and b.', de: 'Nein. Acme: a und b.' },
  {
    of: 'records.withoutLast',
    say: ({ records }) => records.withoutLast('leads', 3),
    en: 'Without the last condition there are 3 leads.',
    de: 'Ohne die letzte Bedingung sind es 3 Leads.',
  },
  {
    of: 'records.timeline',
    say: ({ records, nouns }) =>
      records.timeline({ label: 'Acme', inTime: true, total: 2, latest: undefined, last: { what: nouns.entity('tasks', 1), name: 'Call', date: 'D' } }),
    en: '2 things about Acme in that time, newest first; the last was task “Call” on D.',
    de: '2 Einträge zu Acme in dieser Zeit, neueste zuerst; zuletzt Aufgabe „Call“ am D.',
  },
  {
    of: 'records.emptyTimeline',
    say: ({ records }) => records.emptyTimeline('Acme', false),
    en: 'Nothing is recorded about Acme: no note, task, event, e-mail, deal or order.',
    de: 'Zu Acme ist nichts hinterlegt: keine Notiz, keine Aufgabe, kein Termin, keine E-Mail, kein Deal und keine Bestellung.',
  },
  { of: 'records.timelineTitle', say: ({ records }) => records.timelineTitle('Acme'), en: 'What happened with Acme', de: 'Verlauf zu Acme' },
  {
    of: 'records.timelineColumns',
    say: ({ records }) => Object.values(records.timelineColumns).join(' '),
    en: 'When What Title Who',
    de: 'Wann Was Titel Wer',
  },
  { of: 'records.unnamed', say: ({ records }) => records.unnamed, en: 'it', de: 'diesem Eintrag' },
  {
    of: 'records.rankedTitle',
    say: ({ records }) => records.rankedTitle(biggest),
    en: 'Top 2 open opportunities by value',
    de: 'Top 2 offene Deals nach Wert',
  },
  {
    of: 'records.title',
    say: ({ records, figures, times }) =>
      records.title({ what: figures.names.revenue, period: times.range({ period: 'year', offset: 0 }), top: { direction: 'desc', count: 5 } }),
    en: 'Revenue, this year – top 5',
    de: 'Umsatz, dieses Jahr – Top 5',
  },
  { of: 'figures.names', say: ({ figures }) => figures.names.lossRate, en: 'Loss rate', de: 'Verlustquote' },
  { of: 'figures.count', say: ({ figures }) => figures.count({ entity: 'events' }, 1), en: '1 event.', de: '1 Termin.' },
  { of: 'figures.figure', say: ({ figures }) => figures.figure('X', ['1', '2']), en: 'X: 1 and 2.', de: 'X: 1 und 2.' },
  { of: 'figures.nothingSummed', say: ({ figures }) => figures.nothingSummed('X'), en: 'X: 0; nothing matches.', de: 'X: 0; dazu passt kein Datensatz.' },
  {
    of: 'figures.nothingToCompute',
    say: ({ figures }) => figures.nothingToCompute,
    en: 'There is nothing to compute that from: no record matches.',
    de: 'Das lässt sich nicht berechnen: Kein Datensatz passt dazu.',
  },
  { of: 'figures.days', say: ({ figures }) => figures.days, en: 'days', de: 'Tage' },
  { of: 'figures.none', say: ({ figures }) => figures.none, en: 'none', de: 'keine Angabe' },
  { of: 'figures.noValue', say: ({ figures }) => figures.noValue, en: 'none', de: 'ohne Angabe' },
  { of: 'figures.yes', say: ({ figures }) => figures.yes, en: 'yes', de: 'ja' },
  { of: 'figures.no', say: ({ figures }) => figures.no, en: 'no', de: 'nein' },
  {
    of: 'figures.shares',
    say: ({ figures }) => figures.shares([{ percent: 45.46, part: '10', whole: '22', counted: true }], 'contacts'),
    en: '45.5% (10 of 22 contacts).',
    de: '45,5 % (10 von 22 Kontakten).',
  },
  {
    of: 'figures.noShare',
    say: ({ figures }) => figures.noShare('contacts'),
    en: 'There are no contacts to take a share of.',
    de: 'Kein Anteil zu berechnen: Dazu gibt es keine Kontakte.',
  },
  { of: 'figures.shareOf', say: ({ figures }) => figures.shareOf('leads'), en: 'Share of leads', de: 'Anteil der Leads' },
  {
    of: 'figures.by',
    say: ({ figures }) => figures.by({ subject: open }, [{ field: stage }, { bucket: 'month' }]),
    en: 'Open opportunities by stage and month',
    de: 'Offene Deals nach Phase und Monat',
  },
  { of: 'figures.group', say: ({ figures }) => figures.group('A', '2', { entity: 'tasks', count: 2 }), en: 'A (2 tasks)', de: 'A (2 Aufgaben)' },
  { of: 'figures.group', say: ({ figures }) => figures.group('A', '2', { entity: 'tasks', count: 2 }, '4%'), en: 'A (2 tasks, 4%)', de: 'A (2 Aufgaben, 4%)' },
  {
    of: 'figures.tiedGroups',
    say: ({ figures }) => figures.tiedGroups(['A', 'B'], 2),
    en: 'A and B and 2 more, equally.',
    de: 'A, B und 2 weitere, gleichauf.',
  },
  {
    of: 'figures.groups',
    say: ({ figures }) => figures.groups({ lead: 'X', lately: true, items: ['A', 'B'], more: 0, shown: 200, total: 1200 }),
    en: 'X: lately A and B (200 of 1,200 shown).',
    de: 'X: zuletzt A und B (200 von 1.200 angezeigt).',
  },
  {
    of: 'figures.groups',
    say: ({ figures }) => figures.groups({ lead: 'X', lately: false, items: ['A', 'B'], more: 1, shown: 3, total: 3 }),
    en: 'X: A and B and 1 more.',
    de: 'X: A, B und eine weitere Gruppe.',
  },
  { of: 'figures.series', say: ({ figures }) => figures.series(figures.names.revenue, 'EUR'), en: 'Revenue (EUR)', de: 'Umsatz (EUR)' },
  { of: 'figures.pipelineTitle', say: ({ figures }) => figures.pipelineTitle, en: 'Pipeline by stage', de: 'Pipeline nach Phase' },
  {
    of: 'figures.pipeline',
    say: ({ figures, format }) => figures.pipeline(23, [format('UTC').money('1234567.00', 'USD')]),
    en: '23 open opportunities worth $1,234,567.',
    de: '23 offene Deals, insgesamt 1.234.567,00 $.',
  },
  {
    of: 'figures.noDeals',
    say: ({ figures }) => figures.noDeals('X'),
    en: 'There are no opportunities for that. I looked for: X',
    de: 'Keine Deals gefunden. Gesucht wurde: X',
  },
  {
    of: 'movements.changeOf',
    say: ({ movements }) => movements.changeOf({ subject: open }),
    en: 'Change of open opportunities',
    de: 'Veränderung: Offene Deals',
  },
  {
    of: 'movements.columns',
    say: ({ movements }) => Object.values(movements.columns).join('; '),
    en: 'Running total; Change; Change in %',
    de: 'Laufende Summe; Veränderung; Veränderung in %',
  },
  { of: 'movements.upTo', say: ({ movements }) => movements.upTo('EUR', may), en: 'EUR: 12 up to May 2026', de: 'EUR: 12 bis Mai 2026' },
  {
    of: 'movements.only',
    say: ({ movements }) => movements.only('', may),
    en: '12 in May 2026 and none in the other',
    de: '12 im Mai 2026, im anderen Zeitraum nichts',
  },
  {
    of: 'movements.against',
    say: ({ movements }) => movements.against('', may, april, { direction: 1, percent: 20.5 }),
    en: '12 in May 2026 against 10 in April 2026, up 20.5%',
    de: '12 im Mai 2026 gegenüber 10 im April 2026, plus 20,5 %',
  },
  {
    of: 'movements.against',
    say: ({ movements }) => movements.against('A', may, april, { direction: -1, points: 3 }),
    en: 'A: 12 in May 2026 against 10 in April 2026, down 3 points',
    de: 'A: 12 im Mai 2026 gegenüber 10 im April 2026, minus 3 Prozentpunkte',
  },
  {
    of: 'movements.moved',
    say: ({ movements }) => movements.moved({ subject: open }, ['a', 'b'], 2),
    en: 'Open opportunities: a; b; and 2 more.',
    de: 'Offene Deals: a; b; und 2 weitere.',
  },
  { of: 'movements.meanOf', say: ({ movements }) => movements.meanOf({ entity: 'orders' }), en: 'Average orders', de: 'Bestellungen im Durchschnitt' },
  {
    of: 'movements.mean',
    say: ({ movements }) => movements.mean({ what: { entity: 'orders' }, per: { bucket: 'month' }, said: ['X'] }),
    en: 'Average orders per month: X.',
    de: 'Bestellungen je Monat im Durchschnitt: X.',
  },
  { of: 'movements.meanValue', say: ({ movements }) => movements.meanValue('12', '144', '12'), en: '12 (144 over 12)', de: '12 (144 auf 12)' },
  {
    of: 'movements.ratioOf',
    say: ({ movements }) => movements.ratioOf(['won', 'lost'], 'opportunities'),
    en: 'Ratio of won to lost opportunities',
    de: 'Verhältnis gewonnene zu verlorene Deals',
  },
  {
    of: 'movements.ratio',
    say: ({ movements }) => movements.ratio({ counts: [30, 12], states: ['won', 'lost'], entity: 'opportunities', ratio: 2.5 }),
    en: '30 won to 12 lost opportunities: 2.5 to 1.',
    de: '30 gewonnene zu 12 verlorene Deals: 2,5 zu 1.',
  },
  { of: 'records.everyOne', say: ({ records }) => records.everyOne, en: 'Yes: I found no exception.', de: 'Ja, eine Ausnahme gibt es nicht.' },
  { of: 'movements.forecastTitle', say: ({ movements }) => movements.forecastTitle('month'), en: 'Forecast by month', de: 'Prognose nach Monat' },
  {
    of: 'movements.forecast',
    say: ({ movements }) => movements.forecast([{ value: '9', weighted: '5', count: 2 }]),
    en: 'Expected from open deals: 5 weighted (9 in 2 deals).',
    de: 'Erwartet aus offenen Deals: 5 gewichtet (9 aus 2 Deals).',
  },
  {
    of: 'movements.noForecast',
    say: ({ movements }) => movements.noForecast('X'),
    en: 'There are no open opportunities for that. I looked for: X',
    de: 'Keine offenen Deals gefunden. Gesucht wurde: X',
  },
  {
    of: 'dialogue.instead',
    say: ({ dialogue }) => dialogue.instead(['A', 'B']),
    en: ' You can ask, for example: “A” and “B”.',
    de: ' Mögliche Fragen sind zum Beispiel: „A“ und „B“.',
  },
  { of: 'dialogue.rankedIs', say: ({ dialogue }) => dialogue.rankedIs('X', 'X.'), en: 'The X: X.', de: '„X“: X.' },
  { of: 'dialogue.whichOne', say: ({ dialogue }) => dialogue.whichOne('X'), en: 'Which “X” do you mean?', de: 'Welcher Eintrag „X“ ist gemeint?' },
  { of: 'dialogue.theCity', say: ({ dialogue }) => dialogue.theCity('X'), en: 'the city of X', de: 'der Stadt X' },
  { of: 'dialogue.theState', say: ({ dialogue }) => dialogue.theState('X'), en: 'the state of X', de: 'dem Bundesstaat X' },
  {
    of: 'dialogue.whichOther',
    say: ({ dialogue }) => dialogue.whichOther('X'),
    en: 'Which other “X” do you mean?',
    de: 'Welcher andere Eintrag „X“ ist gemeint?',
  },
  {
    of: 'dialogue.noSuchValue',
    say: ({ dialogue }) => dialogue.noSuchValue('X'),
    en: 'I find no “X”. Do you mean one of these?',
    de: '„X“ ist nicht zu finden. Ist eines davon gemeint?',
  },
  {
    of: 'dialogue.nobodyCalled',
    say: ({ dialogue }) => dialogue.nobodyCalled('X'),
    en: 'Nobody here is called “X”. Whom do you mean?',
    de: 'Niemand heißt hier „X“. Wer ist gemeint?',
  },
  {
    of: 'dialogue.unknownName',
    say: ({ dialogue }) => dialogue.unknownName('X'),
    en: 'I do not know “X”. Do you mean one of these?',
    de: '„X“ ist unbekannt. Ist eines davon gemeint?',
  },
  {
    of: 'dialogue.tooMany',
    say: ({ dialogue }) => dialogue.tooMany(6, 2),
    en: 'I answer 6 questions at a time; ask the other 2 again.',
    de: 'Auf einmal werden 6 Fragen beantwortet; die 2 übrigen bitte noch einmal stellen.',
  },
  {
    of: 'dialogue.tooManyRelated',
    say: ({ dialogue }) => dialogue.tooManyRelated(10_000, 'contacts'),
    en: 'That is about more than 10,000 contacts. Narrow them by an owner, a place or a time.',
    de: 'Das betrifft mehr als 10.000 Kontakte. Bitte eingrenzen, etwa auf einen Besitzer, einen Ort oder einen Zeitraum.',
  },
]
