import { describe, expect, it } from 'vitest'
import { german } from '#backend/modules/planner/vocabulary/de.ts'
import { lexiconOf } from './lexicons.ts'
import { readNumber } from './numbers.ts'
import { normalise, splitGenitives } from './orthography.ts'
import { periodContext } from './period-context.ts'
import { readPeriod } from './periods.ts'
import { tokenise } from './tokenise.ts'

const lexicon = lexiconOf('de')
const tokensOf = (text: string) => normalise(text, tokenise(text, german), lexicon)

describe('amounts as German writes them', () => {
  it.each([
    ['1.500,50 €', { value: 1500.5, currency: 'EUR' }],
    ['1.500', { value: 1500 }],
    ['1,5', { value: 1.5 }],
    ['1,250', { value: 1.25 }],
    ['50 Tsd. €', { value: 50_000, currency: 'EUR' }],
    ['1,2 Mio. Dollar', { value: 1_200_000, currency: 'dollar' }],
    ['1,2 Mio. US-Dollar', { value: 1_200_000, currency: 'USD' }],
    ['fünfzigtausend', { value: 50_000 }],
    ['einundzwanzig', { value: 21 }],
    ['dreihundert', { value: 300 }],
    ['20 Prozent', { value: 20, percent: true }],
    ['eine halbe Million', { value: 500_000 }],
  ])('%s', (text, expected) => {
    const tokens = tokensOf(text)
    expect(readNumber(tokens, 0, german)).toMatchObject({ ...expected, end: tokens.length })
  })
})

describe('times as German says them', () => {
  // A Friday.
  const now = new Date('2026-11-20T15:00:00Z')

  it.each([
    ['letzten Monat', { period: 'month', offset: -1 }],
    ['diese Woche', { period: 'week', offset: 0 }],
    ['des letzten Quartals', { period: 'quarter', offset: -1 }],
    ['nächstes Jahr', { period: 'year', offset: 1 }],
    ['in den letzten 30 Tagen', { last: 30, unit: 'day' }],
    ['in den nächsten zwei Wochen', { next: 2, unit: 'week' }],
    ['vor 3 Tagen', { period: 'day', offset: -3 }],
    ['vor einer Woche', { period: 'week', offset: -1 }],
    ['seit 90 Tagen', { last: 90, unit: 'day' }],
    ['heute', { period: 'day', offset: 0 }],
    ['vorgestern', { period: 'day', offset: -2 }],
    ['übermorgen', { period: 'day', offset: 2 }],
    ['seit Januar', { from: '2026-01-01' }],
    ['vor dem 1.1.2026', { to: '2026-01-01' }],
    ['am 31.12.2025', { from: '2025-12-31', to: '2026-01-01' }],
    ['am 5. Mai 2026', { from: '2026-05-05', to: '2026-05-06' }],
    ['am 5.10.', { from: '2026-10-05', to: '2026-10-06' }],
    ['im 3. Quartal', { from: '2026-07-01', to: '2026-10-01' }],
    ['im dritten Quartal 2025', { from: '2025-07-01', to: '2025-10-01' }],
    ['im ersten Halbjahr 2026', { from: '2026-01-01', to: '2026-07-01' }],
    ['Q3', { from: '2026-07-01', to: '2026-10-01' }],
    ['KW 12', { from: '2026-03-16', to: '2026-03-23' }],
    ['im März 2026', { from: '2026-03-01', to: '2026-04-01' }],
    ['zwischen dem 1. März und dem 15. April', { from: '2026-03-01', to: '2026-04-16' }],
    ['von Januar bis März', { from: '2026-01-01', to: '2026-04-01' }],
    ['im Vormonat', { period: 'month', offset: -1 }],
    ['Anfang März', { from: '2026-03-01', to: '2026-03-11' }],
    ['am 3/4/2026', { from: '2026-04-03', to: '2026-04-04' }],
  ])('%s', (text, range) => {
    const tokens = tokensOf(text)
    const read = readPeriod(periodContext(text, tokens, german, { now, timeZone: 'Europe/Berlin' }), 0)
    expect(read).toMatchObject({ end: tokens.length, period: { range } })
  })
})

describe('words as German writes them', () => {
  const norms = (text: string) => tokensOf(text).map(({ norm }) => norm)

  it('takes umlauts written as two letters, cases and compounds for what the vocabulary has', () => {
    expect(norms('naechste Woche')).toEqual(norms('nächste Woche'))
    expect(norms('die groessten Deals')).toEqual(norms('die größten Deals'))
    expect(norms('bei den Kontakten')).toEqual(norms('bei den kontakte'))
    expect(norms('Gesamtwert der Deals')).toEqual(norms('Summe Wert der Deals'))
    expect(norms('Bestellungsumsatz')).toEqual(norms('Bestellung Umsatz'))
  })

  it('finds no name in a capital that every noun has', () => {
    expect(tokensOf('alle Kontakte bei Nordwind').map(({ text, capital }) => [text, capital])).toEqual([
      ['alle', false],
      ['Kontakte', false],
      ['bei', false],
      ['Nordwind', true],
    ])
  })

  it('takes the genitive of a name that is known, and no other', () => {
    const split = (text: string, known: readonly string[]) =>
      splitGenitives(tokensOf(text), lexicon, (words) => known.includes(words.join(' '))).map(({ norm }) => norm)
    expect(split('Annas Telefonnummer', ['anna'])).toEqual(['anna', "'s", 'telefonnummer'])
    expect(split('Sarah Connors Telefonnummer', ['sarah connor'])).toEqual(['sarah', 'connor', "'s", 'telefonnummer'])
    expect(split('Thomas Telefonnummer', ['thomas', 'thoma'])).toEqual(['thomas', 'telefonnummer'])
    expect(split('Nobodys Telefonnummer', [])).toEqual(['nobodys', 'telefonnummer'])
  })
})
