import { describe, expect, it } from 'vitest'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import { timePartFields, timeUnits } from '#contracts/query.ts'
import { ownField } from './de-fields.ts'
import { englishWordsIn } from './english-words.testing.ts'
import { notes, reasons } from './notes.cases.ts'
import type { PhraseBook } from './phrase-book.ts'
import { phraseCases } from './phrases.cases.ts'
import { phraseBook } from './phrases.ts'

const [english, german] = [phraseBook('en'), phraseBook('de')]
const sections = ['nouns', 'times', 'records', 'figures', 'movements', 'dialogue'] as const
/** Tested by its own list of cases. */
const elsewhere = new Set(['dialogue.decline'])

describe('phrases', () => {
  it.each(phraseCases)('says $of: $en', ({ say, en, de }) => {
    expect(say(english)).toBe(en)
    expect(say(german)).toBe(de)
  })

  it('ends a German sentence once', () => {
    const { records } = german
    expect(records.single('Flint Inc.')).toBe('Flint Inc.')
    expect(records.few({ entity: 'organisations', total: 1, yes: false, told: 'Flint Inc.' })).toBe('1 Firma: Flint Inc.')
  })

  it('has a case for everything in the book', () => {
    const cased = new Set(phraseCases.map((one) => one.of))
    const missing = sections.flatMap((section) =>
      Object.keys(german[section])
        .map((key) => `${section}.${key}`)
        .filter((key) => !cased.has(key) && !elsewhere.has(key)),
    )
    expect(missing).toEqual([])
  })

  it.each(Object.entries(notes))('tells the note %s in both languages', (_, note) => {
    expectTold(english.note(note), german.note(note))
  })

  it.each(Object.entries(reasons))('declines in both languages: %s', (_, reason) => {
    expectTold(english.dialogue.decline(reason), german.dialogue.decline(reason))
  })

  it.each(['forecast', 'churn', 'recommendations', 'capabilities', 'birthdays', 'quality', 'weather', 'general knowledge', 'the time deals spend in a stage'])(
    'declines what is beyond the records in both languages: %s',
    (topic) => {
      const say = (book: PhraseBook) => book.dialogue.decline({ reason: 'beyond', topic })
      expectTold(say(english), say(german))
    },
  )

  it('uses no English word in a German phrase', () => {
    const found = phraseCases.flatMap(({ say }) => englishWordsIn(say(german) ?? '', say(english) ?? ''))

    expect(found).toEqual([])
  })
})

function expectTold(en: string, de: string): void {
  expect(en.trim()).toMatch(/[.?]$/)
  expect(de.trim()).toMatch(/[.?]$/)
  expect(de).not.toBe(en)
  expect(englishWordsIn(de, en)).toEqual([])
}

describe('German names', () => {
  const fields = entityNames.flatMap((entity) => Object.keys(entities[entity].fields).map((field): [EntityName, string] => [entity, field]))

  it.each(fields)('%s: %s', (entity, field) => {
    expect(ownField(entity, field)?.label).toBeTypeOf('string')
  })

  it('exist for parts of times and for units', () => {
    for (const part of Object.keys(timePartFields)) {
      const [column] = german.columns(
        { entity: 'events', groupBy: [{ field: `starts_at.${part}` }] },
        [{ key: `starts_at.${part}`, label: 'x', type: 'text' }],
        nothing,
      )
      expect(column?.label).not.toBe('x')
    }
    for (const unit of timeUnits) expect(german.times.inBucket('2026-01-05', unit)).toMatch(/^(?:im|in der|am) /)
  })
})

const nothing = { names: new Map<string, string>(), customFields: [] }

describe('German headings', () => {
  it.each([
    { query: { measures: [{ fn: 'sum' as const, field: 'value' }] }, key: 'sum_value', label: 'Gesamtwert' },
    { query: { measures: [{ fn: 'avg' as const, field: 'value' }] }, key: 'avg_value', label: 'Durchschnittlicher Wert' },
    { query: { measures: [{ fn: 'max' as const, field: 'created_at' }] }, key: 'max_created_at', label: 'Spätestes Erstelldatum' },
    { query: { measures: [{ fn: 'min' as const, field: 'forecast_close_date' }] }, key: 'min_forecast_close_date', label: 'Frühester erwarteter Abschluss' },
    { query: { measures: [{ fn: 'percentile' as const, field: 'value', at: 0.9 }] }, key: 'percentile_value', label: '90. Perzentil: Wert' },
    { query: { measures: [{ fn: 'winRate' as const }] }, key: 'winRate', label: 'Abschlussquote' },
    { query: { entity: 'leads' as const, measures: [{ fn: 'cycleDays' as const }] }, key: 'cycleDays', label: 'Dauer bis zur Umwandlung' },
    { query: { groupBy: [{ field: 'created_at', bucket: 'month' as const }] }, key: 'created_at', label: 'Erstellt (Monat)' },
    { query: { groupBy: [{ field: 'organisation.country' }] }, key: 'organisation.country', label: 'Land der Firma' },
    { query: { select: ['owner'] }, key: 'owner', label: 'Besitzer' },
    { query: { select: ['custom.tier'] }, key: 'custom.tier', label: 'Account tier' },
  ])('calls $key $label', ({ query, key, label }) => {
    const [column] = german.columns({ entity: 'opportunities', ...query }, [{ key, label: 'Account tier', type: 'text' }], nothing)
    expect(column?.label).toBe(label)
  })

  it('names figures of related records', () => {
    const column = (key: string) => german.columns({ entity: 'organisations' }, [{ key, label: 'x', type: 'text' }], nothing)[0]?.label
    expect(column('orders.count')).toBe('Anzahl Bestellungen')
    expect(column('opportunities.sum.value')).toBe('Gesamtwert der Deals')
    expect(column('activities.count')).toBe('Anzahl Aktivitäten')
  })
})

describe('a query in German', () => {
  const id = '01890000-0000-7000-8000-000000000001'
  const known = {
    names: new Map([[id, 'Acme']]),
    customFields: [{ entity: 'organisations' as const, key: 'tier', label: 'Account tier', type: 'choice' as const, choices: [] }],
  }

  it.each([
    {
      query: {
        entity: 'contacts' as const,
        filter: {
          and: [
            { field: 'city', op: 'in', value: ['Berlin', 'Hamburg'] },
            { field: 'phone', op: 'isEmpty' },
          ],
        },
        limit: 50,
      },
      words: 'Kontakte, für die gilt: Ort ist Berlin oder Hamburg und Telefon ist leer',
    },
    {
      query: {
        entity: 'opportunities' as const,
        filter: {
          and: [
            { field: 'state', op: 'eq', value: 'open' },
            { field: 'value', op: 'gt', value: 50000 },
          ],
        },
        sort: [{ by: 'value', direction: 'desc' as const }],
        limit: 5,
      },
      words: 'Deals, für die gilt: Status ist offen und Wert ist größer als 50.000, sortiert nach Wert (höchste zuerst), die ersten 5',
    },
    {
      query: {
        entity: 'opportunities' as const,
        measures: [{ fn: 'sum' as const, field: 'value' }],
        groupBy: [{ field: 'owner' }],
        filter: { field: 'actual_close_date', op: 'during', value: { period: 'quarter', offset: -1 } },
        currency: 'EUR',
      },
      words: 'Gesamtwert der Deals nach Besitzer in EUR, für die gilt: Abschlussdatum liegt im letzten Quartal',
    },
    {
      query: {
        entity: 'leads' as const,
        measures: [{ fn: 'avg' as const, field: 'rating' }],
        groupBy: [{ field: 'source' }],
        having: [{ measure: 'place', op: 'lte' as const, value: 3 }],
        windows: [{ fn: 'rank' as const, measure: 'avg_rating', as: 'place' }],
        sort: [{ by: 'avg_rating', direction: 'desc' as const }],
        limit: 200,
      },
      words:
        'Durchschnittliche Bewertung der Leads nach Quelle, mit Rang nach durchschnittlicher Bewertung, nur mit Rang nach durchschnittlicher Bewertung von höchstens 3, sortiert nach durchschnittlicher Bewertung (höchste zuerst), die ersten 200',
    },
    {
      query: { entity: 'contacts' as const, filter: { field: 'last_contacted_at', op: 'lt', value: { now: true, daysAgo: 90 } } },
      words: 'Kontakte, für die gilt: letzter Kontakt liegt mehr als 90 Tage zurück',
    },
    {
      query: {
        entity: 'organisations' as const,
        filter: { relation: 'opportunities', where: { field: 'state', op: 'eq', value: 'open' }, count: { op: 'eq' as const, value: 0 } },
      },
      words: 'Firmen, für die gilt: es gibt keine Deals (Status ist offen)',
    },
    {
      query: {
        entity: 'contacts' as const,
        filter: {
          and: [
            { field: 'organisation', op: 'eq', value: id },
            { field: 'organisation.custom.tier', op: 'eq', value: 'Gold' },
          ],
        },
      },
      words: 'Kontakte, für die gilt: Firma ist Acme und Account tier ist Gold',
    },
    {
      query: {
        entity: 'tasks' as const,
        filter: {
          not: {
            or: [
              { field: 'tags', op: 'eq', value: 'x' },
              { field: 'due_at', op: 'during', value: { next: 7, unit: 'day' } },
            ],
          },
        },
      },
      words: 'Aufgaben, für die gilt: nicht: (Tags enthalten x oder Fälligkeit liegt in den nächsten 7 Tagen)',
    },
  ])('says $words', ({ query, words }) => {
    expect(german.explanation(query, '', known)).toBe(words)
  })
})
