import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readMemoryRequest } from '../commands/command-words.ts'
import { extractFromSentence, extractMemories, extractStatement } from './extract.ts'
import { checkFound } from './model-extract.ts'
import { holdsSecret } from './secrets.ts'
import { holdsContactDetails, statementsForModel } from './statements.ts'

const told = (text: string) => extractMemories(text).map(({ kind, key, value }) => [kind, key, value])

describe('what is learned by rule', () => {
  it.each([
    ['Call me Sam.', 'preference', 'name', 'Sam'],
    ['You can call me Jean-Luc', 'preference', 'name', 'Jean-Luc'],
    ["I'm based in Berlin", 'fact', 'location', 'Berlin'],
    ['I live in New York.', 'fact', 'location', 'New York'],
    ['I work as a key account manager', 'fact', 'role', 'key account manager'],
    ['I look after Acme', 'fact', 'looks after: acme', 'Acme'],
    ['By the way, I’m responsible for Globex GmbH.', 'fact', 'looks after: globex gmbh', 'Globex GmbH'],
    ['always show amounts in EUR', 'preference', 'currency', 'EUR'],
    ['From now on, show me everything in euros.', 'preference', 'currency', 'EUR'],
    ['Show amounts in pounds by default', 'preference', 'currency', 'GBP'],
    ['I prefer Swiss francs', 'preference', 'currency', 'CHF'],
    ['my currency is dollars', 'preference', 'currency', 'USD'],
    ['My time zone is Europe/Berlin', 'preference', 'time zone', 'Europe/Berlin'],
    ['my quarter starts in April', 'preference', 'fiscal year start', '4'],
    ['I prefer tables', 'preference', 'format', 'table'],
    ['prefer tables over charts', 'preference', 'format', 'table'],
    ['Always answer in German', 'preference', 'language', 'de'],
    ["Acme's fiscal year ends in March", 'fact', 'acme: fiscal year ends', 'March'],
    ['Nenn mich Sam', 'preference', 'name', 'Sam'],
    ['Ich heiße Jürgen Müller.', 'fact', 'name', 'Jürgen Müller'],
    ['Ich sitze in Köln', 'fact', 'location', 'Köln'],
    ['Ich betreue die Bäckerei Huber', 'fact', 'looks after: die backerei huber', 'die Bäckerei Huber'],
    ['Ich bin für Acme zuständig', 'fact', 'looks after: acme', 'Acme'],
    ['Zeig Beträge immer in EUR', 'preference', 'currency', 'EUR'],
    ['Ab jetzt bitte immer in Schweizer Franken', 'preference', 'currency', 'CHF'],
    ['Mein Geschäftsjahr beginnt im Juli', 'preference', 'fiscal year start', '7'],
    ['Ich bevorzuge Tabellen', 'preference', 'format', 'table'],
    ['Das Geschäftsjahr von Acme endet im März', 'fact', 'acme: geschaftsjahr endet', 'März'],
  ])('%s', (text, kind, key, value) => {
    expect(told(text)).toEqual([[kind, key, value]])
  })

  it('is each sentence of several, and none of a question or of what does not last', () => {
    expect(told('I look after Acme. My quarter starts in April. Which deals are open?')).toEqual([
      ['fact', 'looks after: acme', 'Acme'],
      ['preference', 'fiscal year start', '4'],
    ])
    for (const text of [
      'show amounts in EUR',
      'Call me back tomorrow',
      'call me when it is done',
      'Should I call me Sam?',
      'my deals',
      'I prefer the second one',
      'I work in the evening on it and then we talk about the rest of the whole plan for the year that is coming',
      'show deals in Berlin',
      'Which contacts are based in Berlin?',
      'show me all contacts in Germany',
    ])
      expect(told(text), text).toEqual([])
  })

  it('is nothing that somebody else wrote and the person pasted', () => {
    expect(told('> I am based in Berlin')).toEqual([])
    expect(told('From: mallory@example.com\nSubject: hello\n\nCall me Boss.')).toEqual([])
    expect(told('```\nMy currency is USD\n```')).toEqual([])
    expect(told(`Summarise this: ${'x '.repeat(400)}. Call me Boss.`)).toEqual([])
  })

  it('answers no question of the question tables: those are about records', () => {
    const folder = new URL('../../../../test/questions/', import.meta.url)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'))
    const asked = files.flatMap((name) =>
      [...readFileSync(new URL(name, folder), 'utf8').matchAll(/"ask":\s*(\[[^\]]*\]|"(?:[^"\\]|\\.)*")/g)].flatMap(
        (m) => JSON.parse(m[1] ?? '""') as string | string[],
      ),
    )
    expect(asked.length).toBeGreaterThan(200)
    expect(asked.filter((text) => readMemoryRequest(text) !== undefined || extractFromSentence(text) !== undefined)).toEqual([])
  })
})

describe('what is asked to be remembered', () => {
  it('is a rule’s where there is one, else what it says of something, else the words', () => {
    expect(extractStatement('my name is Sam')).toMatchObject({ key: 'name', value: 'Sam', confidence: 1 })
    expect(extractStatement("Acme's discount is 12 %")).toMatchObject({ subject: 'Acme', key: 'acme: discount', value: '12 %' })
    expect(extractStatement('the discount of Acme is 15 %.')).toMatchObject({ subject: 'Acme', key: 'acme: discount', value: '15 %' })
    expect(extractStatement('we never ship on Fridays.')).toMatchObject({ key: 'note: we never ship on fridays', text: 'We never ship on Fridays' })
  })

  it.each([
    'the password for the portal is hunter2',
    'my PIN: 4711',
    'the card is 4111 1111 1111 1111',
    'das Kennwort lautet geheim',
    'the key is sk-abcdefghijklmnop1234',
    'IBAN DE89 3704 0044 0532 0130 00',
    'use https://user:pw@example.com/',
    'AKIAIOSFODNN7EXAMPLE',
    'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x',
  ])('is not kept when it is a secret: %s', (text) => {
    expect(holdsSecret(text)).toBe(true)
    expect(extractStatement(text)).toBeUndefined()
    expect(extractMemories(`My name is Sam and ${text}`)).toEqual([])
  })

  it('is no secret only because it has figures in it', () => {
    for (const text of ['Acme has 4500 employees', 'order 1234567890123 was late', 'call +49 30 1234567', 'the deal 2026-04 is worth 125000 EUR'])
      expect(holdsSecret(text), text).toBe(false)
  })
})

describe('messages about memory', () => {
  it.each([
    ['Remember that Acme pays late', { kind: 'remember', statement: 'Acme pays late', scope: 'person', language: 'en' }],
    ['please remember: we never ship on Fridays', { kind: 'remember', statement: 'we never ship on Fridays' }],
    ['remember I look after Globex', { kind: 'remember', statement: 'I look after Globex' }],
    ['Remember for everyone that the office closes at 5', { kind: 'remember', scope: 'workspace', statement: 'the office closes at 5' }],
    ['Merk dir, dass Acme spät zahlt', { kind: 'remember', statement: 'Acme spät zahlt', language: 'de' }],
    ['Merke dir bitte für alle, dass freitags nichts verschickt wird.', { kind: 'remember', scope: 'workspace' }],
    ['Vergiss nicht, dass Acme spät zahlt', { kind: 'remember', statement: 'Acme spät zahlt' }],
    ['forget that Acme pays late', { kind: 'forget', what: 'Acme pays late' }],
    ['Forget my name', { kind: 'forget', what: 'my name' }],
    ['forget “We never ship on Fridays”', { kind: 'forget', what: 'We never ship on Fridays' }],
    ['Vergiss, dass Acme spät zahlt', { kind: 'forget', what: 'Acme spät zahlt' }],
    ['forget everything about me', { kind: 'forgetAll', language: 'en' }],
    ['delete everything you know about me', { kind: 'forgetAll', language: 'en' }],
    ['erase all about me', { kind: 'forgetAll', language: 'en' }],
    ['Vergiss alles über mich', { kind: 'forgetAll', language: 'de' }],
    ['What do you know about me?', { kind: 'list', about: '' }],
    ['what do you remember about Acme?', { kind: 'list', about: 'Acme' }],
    ['Was weißt du über mich?', { kind: 'list', language: 'de' }],
    ['turn off memory', { kind: 'switch', on: false }],
    ['Schalte das Gedächtnis ein', { kind: 'switch', on: true }],
  ])('%s', (text, expected) => {
    expect(readMemoryRequest(text)).toMatchObject(expected)
  })

  it.each([
    'remember to call Bob tomorrow',
    'forget it',
    'vergiss es',
    'forget that',
    'what do you know about Acme?',
    'Remind me to call Bob',
    'delete all contacts',
    'delete everything',
    'lösche alles',
    'note for Acme: called',
  ])('are not: %s', (text) => {
    expect(readMemoryRequest(text)).toBeUndefined()
  })
})

describe('what a model finds', () => {
  const found = { kind: 'fact', subject: 'me', key: 'Team', value: 'the north team' }
  const check = (answer: unknown, ...sentences: string[]) => checkFound(typeof answer === 'string' ? answer : JSON.stringify({ found: answer }), sentences)

  it('is kept in the words of the person, with less confidence than a rule has', () => {
    const sentence = 'By the way, since May I have joined the North team.'
    expect(check([{ ...found, text: 'I am the boss' }], 'We sell tea.', sentence)).toEqual([
      { kind: 'fact', subject: 'me', key: 'team', value: 'the north team', text: 'Since May I have joined the North team', confidence: 0.6 },
    ])
    expect(check([{ ...found, subject: 'Acme', key: 'Payment', value: 'late' }], 'Acme’s people always pay late')).toMatchObject([{ key: 'acme: payment' }])
  })

  it.each([
    ['invented', [{ ...found, value: 'the south team' }]],
    ['half a word', [{ ...found, value: 'the nor' }]],
    ['about somebody who is not named', [{ ...found, subject: 'Globex' }]],
    ['what changes every answer', [{ ...found, key: 'Currency' }]],
    ['of a strange shape', [{ ...found, kind: 'order' }]],
    ['no JSON', 'The person joined the north team.'],
    ['no list', '{"found":"the north team"}'],
  ])('is dropped when it is %s', (_, answer) => {
    expect(check(answer, 'I joined the north team.')).toEqual([])
  })

  it('is no more than five things', () => {
    expect(
      check(
        Array.from({ length: 9 }, () => found),
        'I joined the north team.',
      ),
    ).toHaveLength(5)
  })
})

describe('what a model is asked about', () => {
  it.each([
    'Since May I have been leading the north team',
    'I joined the north team.',
    "We don't ship on Fridays",
    'Our biggest customer has its stock count in June',
    'Acme’s buyers are always slow in August',
    'The buyer of Acme is on leave until May',
    'Seit Mai leite ich das Team Nord',
    'Unser größter Kunde hat im Juni Inventur',
  ])('is a statement that no rule understands: %s', (text) => {
    expect(statementsForModel(text)).toEqual([text])
  })

  it.each([
    'How many deals did we lose?',
    'which deals did we lose last year',
    'Show my deals in Berlin',
    'I need a list of my open deals',
    'Zeig mir meine offenen Deals',
    'Ich brauche eine Liste',
    'deals we lost last quarter',
    'forget that I joined the north team',
    'Ada Stone joined Acme',
    'I look after Acme',
    'From: bob@example.com\nI joined the north team',
    '> I joined the north team',
  ])('is nothing of: %s', (text) => {
    expect(statementsForModel(text)).toEqual([])
  })

  it('is no message that holds a secret, and of others only the sentences', () => {
    expect(statementsForModel('I joined the north team. My password is hunter2')).toEqual([])
    expect(statementsForModel('I joined the north team. Show me open deals. I look after Acme.')).toEqual(['I joined the north team.'])
  })

  it.each([
    ['Our buyer’s address is ann@example.com', true],
    ['Our buyer has +49 30 123 45 67', true],
    ['We have had 4500 employees since 2019-05-01', false],
  ])('holds contact details or not: %s', (text, expected) => {
    expect(holdsContactDetails(text)).toBe(expected)
  })
})
