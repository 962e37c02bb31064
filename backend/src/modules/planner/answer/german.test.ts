import { beforeAll, describe, expect, it } from 'vitest'
import type { MessagePart } from '#contracts/chat.ts'
import { suggestFollowUps } from '#contracts/follow-ups.ts'
import type { TestWorkspace } from '../../../../test/harness.ts'
import { answerFrame } from '../answer-frame.ts'
import { answerQuestion } from '../index.ts'
import { englishWordsIn, wordsOf } from '../phrases/english-words.testing.ts'
import { createPlannerWorld, now } from '../planner.fixture.ts'
import type { PlannerContext, PlannerOutcome } from '../planner.types.ts'

let workspace: TestWorkspace

beforeAll(async () => {
  workspace = await createPlannerWorld()
})

const context = (): PlannerContext => ({ now, timeZone: 'UTC', actor: workspace.actor })

function ask(message: string, previous?: PlannerOutcome['memory']): Promise<PlannerOutcome> {
  const asked = { ...context(), ...(previous === undefined || previous === null ? {} : { previous }) }
  return workspace.database.transaction(workspace.actor, (tx) => answerQuestion(tx, message, asked), { readOnly: true })
}

/** The answer to an English question, and the same plan answered in German. */
async function both(question: string): Promise<{ en: PlannerOutcome; de: PlannerOutcome }> {
  const en = await ask(question)
  const frame = en.memory?.frame
  if (frame === undefined) throw new Error(`${question}: ${en.text}`)
  const de = await workspace.database.transaction(workspace.actor, (tx) => answerFrame(tx, question, frame, [], { ...context(), language: 'de' }), {
    readOnly: true,
  })
  return { en, de }
}

/** Everything of an answer that is words of ours: no values of records. */
function wording({ text, parts }: PlannerOutcome): string {
  return [text, ...parts.flatMap(headings)].join('\n')
}

function headings(part: MessagePart): string[] {
  switch (part.type) {
    case 'data-table':
      return [part.data.title, ...part.data.columns.map(({ label }) => label)]
    case 'data-metric':
      return [part.data.label, part.data.unit ?? '']
    case 'data-chart':
      return [part.data.title, ...part.data.series.map(({ name }) => name)]
    case 'data-plan':
      return [part.data.title ?? '']
    default:
      return []
  }
}

/** Metrics, charts and rows without the words that a timeline has for its entities. */
function figuresOf({ parts }: PlannerOutcome): unknown[] {
  return parts.flatMap((part): unknown[] => {
    if (part.type === 'data-metric') return [part.data.value, part.data.currency]
    if (part.type === 'data-chart') return part.data.series.map(({ points }) => points.map(({ value }) => value))
    return part.type === 'data-table' ? part.data.rows.map(({ what: _, ...row }) => row) : []
  })
}

function valuesOf({ parts }: PlannerOutcome): Set<string> {
  return new Set(parts.flatMap((part) => (part.type === 'data-table' ? part.data.rows.flatMap((row) => wordsOf(Object.values(row).join(' '))) : [])))
}

describe('the same plan in German', () => {
  it.each([
    ['contacts in London', '2 Kontakte: John Smithson und John Smith.'],
    ['how many contacts do we have', '5 Kontakte.'],
    ['total value of open deals', 'Gesamtwert: 180.000,00 $ und 30.000,00 €.'],
    ['average deal size', /^Durchschnittlicher Wert: /],
    ['median value of deals in USD', /^Wert im Median: /],
    ['what is our win rate', 'Abschlussquote: 66,7 %.'],
    ['what percentage of contacts have a phone number', '60 % (3 von 5 Kontakten).'],
    ['deals by stage', /^Deals nach Phase: Demo \(2 Deals\), .*\.$/],
    ['open deals by owner', /^Offene Deals nach Besitzer: /],
    ['revenue by month', /^Umsatz nach Monat: .*Oktober 2026/],
    ['top 2 open deals by value', /^Top 2 von 3 offenen Deals nach Wert: Open Door rollout \(120\.000,00 \$\) und /],
    ['the 2 newest contacts', /^Die 2 neuesten von 5 Kontakten nach Erstelldatum: John Smithson \(17\.11\.2026, 09:00\)/],
    ['biggest open deal', /^Open Door rollout \(120\.000,00 \$\)\. Beträge in verschiedenen Währungen/],
    ["what is Sarah Connor's phone number", 'Sarah Connor: Telefon +1 415 555 0100.'],
    ["what is April May's phone number", 'April May: Telefon ist nicht hinterlegt.'],
    ['tell me about Open Door', /^Open Door \(Firma\): Branche Consulting, Ort San Jose, Land United States, Besitzer Raj Patel, erstellt 10\.01\.2026/],
    ['does Open Door have open deals', /^Ja/],
    [
      'contacts in Hamburg without a phone',
      /^Keine Kontakte gefunden\. Gesucht wurde: Kontakte, für die gilt: Ort ist Hamburg und Telefon ist leer\. Ohne die letzte Bedingung gibt es 1 Kontakt\.$/,
    ],
    ['how is our pipeline', '3 offene Deals, insgesamt 30.000,00 € und 180.000,00 $.'],
    ['forecast by month', /^Erwartet aus offenen Deals: .* gewichtet \(/],
    ['which deals are stalled', /Festgefahren sind offene Deals, deren Phase seit 60 Tagen gleich ist\.$/],
    ['deals won last quarter by owner', /nach Besitzer|gefunden/],
    ['duplicate contacts', /Als doppelt gilt: /],
    ['companies similar to Acme Corp', /Ähnlich wie Acme Corp heißt: Branche Healthcare/],
    ['cumulative number of orders by month', /bis November 2026/],
    ['average number of orders per month', /^Bestellungen je Monat im Durchschnitt: /],
    ['what happened with Acme Corp', /Einträge zu Acme Corp|Eintrag zu Acme Corp/],
    ['ratio of won to lost deals', '2 gewonnene zu 1 verlorene Deals: 2 zu 1.'],
    ['companies by tier', /^Firmen nach Tier: Gold \(2 Firmen\)/],
  ] as const)('%s', async (question, text) => {
    const { en, de } = await both(question)
    if (typeof text === 'string') expect(de.text).toBe(text)
    else expect(de.text).toMatch(text)
    const values = valuesOf(en)
    expect(
      englishWordsIn(wording(de), wording(en)).filter((word) => !values.has(word)),
      wording(de),
    ).toEqual([])
    // What is counted is the same, and every figure of it.
    expect(figuresOf(de)).toEqual(figuresOf(en))
    expect(de.plan).toEqual(en.plan)
  })
})

describe('German questions', () => {
  it.each([
    ['Wie viele Kontakte haben wir?', '5 Kontakte.'],
    [
      'Wie ist das Wetter morgen?',
      /^Antworten gibt es nur aus den Datensätzen in diesem CRM; das Wetter gehört nicht dazu\. Mögliche Fragen sind zum Beispiel: „.*“\.$/,
    ],
    ['Lösche alle Kontakte', /^Das würde alle 5 Kontakte löschen, die es gibt, deshalb ändert sich nichts\./],
    ['Ändere alles irgendwie', /^Was geändert werden soll, ist nicht klar/],
    ['Wie viele Kontakte haben wir? Wie viele Leads haben wir?', '1. 5 Kontakte.\n2. 3 Leads.'],
  ])('"%s" is answered in German', async (question, text) => {
    const outcome = await ask(question)
    expect(outcome.language).toBe('de')
    if (typeof text === 'string') expect(outcome.text).toBe(text)
    else expect(outcome.text).toMatch(text)
  })

  it('refuses, asks back and tells what an instruction comes to in German, with headings and choices', async () => {
    const told = await ask('Lösche alle Kontakte in London')
    expect(told.text).toBe('2 Kontakte würden gelöscht.')
    expect(told.parts.flatMap(headings)).toEqual([
      '2 Kontakte',
      ...['Name', 'E-Mail', 'Telefon', 'Position', 'Firma', 'Ort', 'Besitzer', 'Region', 'Tags'],
      'Kontakte, für die gilt: Ort ist London',
    ])
    const asked = await ask('Lösche den Open Door Deal')
    expect(asked).toMatchObject({ kind: 'clarify', language: 'de', text: expect.stringMatching(/^Was ist mit „.*“ gemeint\?/) })
    const choices = asked.parts.flatMap((part) => (part.type === 'data-clarify' ? part.data.options.map(({ label }) => label) : []))
    expect(choices).toEqual([expect.stringMatching(/\(Deal, /), expect.stringMatching(/\(Deal, /)])
  })

  // The examples of the slash commands.
  it.each([
    'Wie viele Kontakte wurden letzten Monat angelegt?',
    'offene Deals nach Phase',
    'offene Deals über 20.000, größte zuerst',
    'E-Mails der letzten 7 Tage',
    'Welche Produkte sind nicht auf Lager?',
    'Top 5 Kunden nach Umsatz',
    'Abschlussquote nach Besitzer',
    'festgefahrene Deals über 20.000',
    'Umsatz nach Monat',
    'Umsatz dieses Jahr',
  ])('"%s" has an answer', async (question) => {
    const { kind, text, language } = await ask(question)
    expect({ kind, language }, text).toEqual({ kind: 'answer', language: 'de' })
  })

  it('asks back in German', async () => {
    const outcome = await ask('Telefonnummer von John')
    expect(outcome).toMatchObject({ kind: 'clarify', text: 'Welcher Eintrag „John“ ist gemeint?', language: 'de' })
  })

  it('answers in the language that the conversation turns to', async () => {
    const first = await ask('Wie viele Kontakte haben wir?')
    const second = await ask('how many contacts are in Hamburg?', first.memory)
    expect([first.language, second.language, second.text]).toEqual(['de', 'en', '1 contact.'])
  })

  it.each([
    'offene Deals',
    'Wie viele offene Deals haben wir?',
    'Deals nach Phase',
    'Leads',
    'Leads nach Quelle',
    'Kontakte',
    'überfällige Aufgaben',
    'Firmen',
  ])('every suggestion after "%s" changes that answer', async (question) => {
    const first = await ask(question)
    expect(first.kind, first.text).toBe('answer')
    const suggestions = suggestFollowUps(first.plan ?? { entity: 'contacts' }, first.coverage?.matched ?? 0, 'de')
    for (const suggestion of suggestions) {
      const outcome = await ask(suggestion, first.memory)
      expect(outcome.kind, `${suggestion}: ${outcome.text}`).toBe('answer')
      expect(outcome.language).toBe('de')
      expect(outcome.plan?.entity).toBe(first.plan?.entity)
      expect(JSON.stringify(outcome.plan)).not.toBe(JSON.stringify(first.plan))
    }
  })
})
