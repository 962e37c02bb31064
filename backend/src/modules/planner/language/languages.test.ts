import { describe, expect, it } from 'vitest'
import { type Language, languageOf } from './languages.ts'

describe('the language of a message', () => {
  it.each<[string, Language]>([
    ['How many contacts do we have?', 'en'],
    ['open deals over 50k', 'en'],
    ['date of birth of Sarah', 'en'],
    ['Wie viele Kontakte haben wir?', 'de'],
    ['offene deals über 50k', 'de'],
    ['deals letzte woche', 'de'],
    ['ueberfaellige Aufgaben', 'de'],
    ['Deals in Frankreich', 'de'],
    ['Zeigen Sie mir die Leads', 'de'],
    ['und Sofia?', 'de'],
    ['Lösche John', 'de'],
    ['Lösche den Deal Open Door', 'de'],
    ['Schick Anna Bell eine Mail', 'de'],
  ])('%s: %s', (message, language) => {
    expect(languageOf(message)).toBe(language)
    expect(languageOf(message, language === 'en' ? 'de' : 'en')).toBe(language)
  })

  it.each(['Berlin', 'Sarah Connor', '2', 'Leads', 'Deals 2026', 'KW 12', 'gold tier accounts'])(
    'is that of the conversation where %s tells none',
    (message) => {
      expect(languageOf(message)).toBe('en')
      expect(languageOf(message, 'de')).toBe('de')
    },
  )
})
