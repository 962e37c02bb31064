import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { answerQuestion } from '#backend/modules/planner/index.ts'
import type { Filter } from '#contracts/query.ts'
import { loadScenario } from '../../../seeds/index.ts'
import { createTestWorkspace, type TestWorkspace } from '../../harness.ts'

const clock = createClock('2026-11-20T15:00:00Z')
const timeout = 300_000

/** Each list says one thing: in other words, another order, formally and familiarly, without capitals or umlauts, mistyped. */
const variants: readonly (readonly string[])[] = [
  [
    'Wie viele Kontakte haben wir?',
    'wie viele kontakte haben wir',
    'WIE VIELE KONTAKTE HABEN WIR?',
    'Anzahl der Kontakte',
    'Bitte sagen Sie mir, wie viele Kontakte wir haben',
    'Kannst du mir sagen, wie viele Kontakte es gibt?',
    'Wieviele Kontakte gibt es im System?',
    'wie viele Kontkte haben wir',
  ],
  [
    'Offene Deals über 50.000',
    'offene deals ueber 50.000',
    'offene Deals über 50k',
    'offene Deals über 50 Tsd.',
    'Zeig mir bitte alle offenen Deals über 50.000',
    'Zeigen Sie mir alle offenen Verkaufschancen, die mehr als 50.000 wert sind',
    'Welche offenen Deals liegen über fünfzigtausend?',
    'Offene Opportunities mit einem Wert über 50.000',
    'Deals über 50.000, die noch offen sind',
  ],
  [
    'Welche Deals wurden letzten Monat gewonnen?',
    'Deals, die wir letzten Monat gewonnen haben',
    'letzten Monat gewonnene Deals',
    'Welche Deals haben wir im letzten Monat gewonnen?',
    'Zeig mir die im vorigen Monat gewonnenen Deals',
    'gewonnene Deals des letzten Monats',
    'im Vormonat gewonnene Deals',
    'welche deals haben wir im oktober 2026 gewonnen',
  ],
  [
    'Kontakte ohne Telefonnummer',
    'Welche Kontakte haben keine Telefonnummer?',
    'Kontakte, die keine Telefonnummer haben',
    'Kontakte, bei denen die Telefonnummer fehlt',
    'Bitte zeige alle Kontakte mit fehlender Telefonnummer',
    'kontakte ohne telefon',
  ],
  [
    'Umsatz nach Monat in diesem Jahr',
    'Umsatz pro Monat dieses Jahr',
    'monatlicher Umsatz in diesem Jahr',
    'Wie hoch ist der Umsatz je Monat in diesem Jahr?',
    'Umsatz dieses Jahr nach Monaten',
    'Unser Umsatz in diesem Jahr, nach Monaten aufgeteilt',
  ],
  [
    'Wer hat die meisten offenen Deals?',
    'Welcher Verkäufer hat die meisten offenen Deals?',
    'Wem gehören die meisten offenen Deals?',
    'Bei wem liegen die meisten offenen Deals?',
  ],
  [
    'Telefonnummer von Sarah Connor',
    'Sarah Connors Telefonnummer',
    'Wie lautet die Telefonnummer von Sarah Connor?',
    'telefonnummer sarah connor',
    'Gib mir bitte die Telefonnummer von Sarah Connor',
    'Welche Telefonnummer hat Sarah Connor?',
  ],
  [
    'Welche Aufgaben sind überfällig?',
    'überfällige Aufgaben',
    'ueberfaellige aufgaben',
    'Zeig mir alle überfälligen Aufgaben',
    'Welche Tasks sind überfällig?',
    'überfällige Todos',
    'alle überfäligen Aufgaben',
  ],
  [
    'Firmen in Deutschland',
    'deutsche Firmen',
    'Unternehmen in Deutschland',
    'Welche Firmen sitzen in Deutschland?',
    'Firmen aus Deutschland',
    'Organisationen mit Sitz in Deutschland',
    'In Deutschland ansässige Firmen',
  ],
  [
    'Kontakte, die wir in den letzten 90 Tagen nicht kontaktiert haben',
    'Welche Kontakte haben wir in den letzten 90 Tagen nicht kontaktiert?',
    'in den letzten 90 Tagen nicht kontaktierte Kontakte',
    'Welche Kontakte wurden in den letzten 90 Tagen nicht kontaktiert?',
    'Mit welchen Kontakten haben wir in den letzten 90 Tagen nicht gesprochen?',
  ],
  ['Top 5 Kunden nach Umsatz', 'Die 5 größten Kunden nach Umsatz', 'Zeigen Sie mir die fünf Kunden mit dem höchsten Umsatz', 'die fünf umsatzstärksten Kunden'],
  [
    'Deals von Raj',
    'Zeig mir Rajs Deals',
    'Welche Deals gehören Raj?',
    'Für welche Deals ist Raj zuständig?',
    'Raj zugewiesene Deals',
    'Welche Deals hat Raj?',
  ],
]

describe('the same question said otherwise', () => {
  let workspace: TestWorkspace

  beforeAll(async () => {
    workspace = await createTestWorkspace()
    const { database, workspaceId } = workspace
    await loadScenario(database, { type: 'system', workspaceId, job: 'seed' }, { scenario: 'demo', scale: 500, now: clock.now() })
  }, timeout)

  const planOf = async (message: string) => {
    const outcome = await workspace.database.transaction(
      workspace.actor,
      (tx) => answerQuestion(tx, message, { now: clock.now(), timeZone: 'Europe/Berlin', actor: workspace.actor }),
      { readOnly: true },
    )
    const { entity, filter, measures, groupBy, limit } = outcome.plan ?? {}
    const conditions = filter === undefined || filter === null ? undefined : canonical(filter as Filter)
    return { kind: outcome.kind, language: outcome.language, entity, conditions, measures, groupBy, limit }
  }

  it.each(variants.flatMap(([first = '', ...others]) => others.map((other) => [first, other] as const)))('%s = %s', { timeout }, async (first, other) => {
    const expected = await planOf(first)
    expect(expected).toMatchObject({ kind: 'answer', language: 'de' })
    expect(await planOf(other)).toEqual(expected)
  })
})

/** Conditions in any order; a named month is the month before the clock's. */
function canonical(filter: Filter): unknown {
  if ('and' in filter) return { and: filter.and.map((part) => JSON.stringify(canonical(part))).sort() }
  if ('or' in filter) return { or: filter.or.map((part) => JSON.stringify(canonical(part))).sort() }
  if ('not' in filter) return { not: canonical(filter.not) }
  const said = JSON.stringify(filter)
  return JSON.parse(said.replace('{"from":"2026-10-01","to":"2026-11-01"}', '{"period":"month","offset":-1}'))
}
