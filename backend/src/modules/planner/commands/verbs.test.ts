import { describe, expect, it } from 'vitest'
import { inPlainWords, withPlainVerb } from './verbs.ts'

describe('words that say no more than plainer ones', () => {
  it.each([
    ["sign off all of Kofi's tasks", "complete all of Kofi's tasks"],
    ['Throw away the email', 'delete the email'],
    ['shoot the last email from Raj over to Nia', 'forward the last email from Raj over to Nia'],
    ['Pop Jo Field into the crm as a lead', 'add Jo Field as a lead'],
    ['have Leila join my next meeting', 'invite Leila to my next meeting'],
    ['trim the next stand-up to half an hour', 'shorten the next stand-up to half an hour'],
    ['call my next meeting with Nia off', 'cancel my next meeting with Nia'],
    ['let Raj take them over', 'let Raj take over them'],
  ])('%s', (said, plain) => {
    expect(withPlainVerb(said)).toBe(plain)
  })

  it.each(['leave Casey White out', 'sign the contract', 'throw a party', 'Cut Above Ltd is a customer', 'pop music', 'free Raj on Friday'])(
    'keeps “%s”',
    (said) => {
      expect(withPlainVerb(said)).toBe(said)
    },
  )

  it.each([
    ['Casey White ought to be under Raj', 'Casey White should be under Raj'],
    ['Delete them, whoever owns them', 'Delete them'],
    ['So none of my meetings are needed', 'So my meetings are no longer needed'],
    ['Follow up on December 14 rather than December 22', 'Follow up on December 14'],
    ['Mail her ⟦0⟧ (title: ⟦1⟧)', 'Mail her ⟦0⟧, title: ⟦1⟧'],
    ['Check if Casey White is lost, and delete them only if that is so', 'Check if Casey White is lost, and if so delete them'],
  ])('%s', (said, plain) => {
    expect(inPlainWords(said)).toBe(plain)
  })
})
