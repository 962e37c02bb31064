import { describe, expect, it } from 'vitest'
import { forms, nounsOf, wordTable } from './inflect.ts'
import { languages, vocabularyOf } from './vocabularies.ts'

describe('forms of words', () => {
  it('lists an adjective in every case, folded', () => {
    expect(forms('größt~|größt~')).toBe('grost|groste|groster|grostes|grosten|grostem')
    expect(forms('letzt~ kontakt')).toContain('letzter kontakt')
    expect(wordTable({ 'zweit~': 2 })).toMatchObject({ zweite: 2, zweiten: 2 })
  })

  it('knows a noun by its genitive and its dative, unless those are words of their own', () => {
    const { list, plurals, cases } = nounsOf('kontakt/kontakte|deal/deals|unternehmen')
    expect(list).toBe('kontakt|deal|unternehmen')
    expect(plurals).toEqual({ kontakt: 'kontakte', deal: 'deals', unternehmen: 'unternehmen' })
    expect(cases).toMatchObject({ kontakten: 'kontakte', kontakts: 'kontakt', kontaktes: 'kontakt' })
    expect(cases).not.toHaveProperty('deals')
  })
})

describe('vocabularies', () => {
  const english = vocabularyOf('en')

  it.each(languages)('%s names the same entities, figures, states and verbs', (language) => {
    const { entities, measures, states, verbs, cues, concepts, time } = vocabularyOf(language)
    for (const [own, others] of [
      [entities, english.entities],
      [measures, english.measures],
      [states, english.states],
      [verbs, english.verbs],
      [cues, english.cues],
      [concepts, english.concepts],
      [time.words, english.time.words],
    ] as const)
      expect(Object.keys(own).sort()).toEqual(Object.keys(others).sort())
  })
})
