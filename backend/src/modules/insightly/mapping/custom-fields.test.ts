import { describe, expect, it } from 'vitest'
import type { CustomFieldType } from '#contracts/entities.ts'
import { mirroredEntities, standardCustomKeys, toCustomField, toRecord } from './index.ts'
import { lookups } from './mapping.testing.ts'

const define = (name: string, type: string, taken: string[] = []) =>
  toCustomField('contacts', { FIELD_NAME: name, FIELD_TYPE: type, FIELD_LABEL: 'Label' }, new Set(taken))

describe('the definition of a custom field', () => {
  it.each([
    ['Decision_Role__c', 'decision_role'],
    ['AccountTier__c', 'account_tier'],
    ['CONTACT_FIELD_1', 'contact_field_1'],
    ['Café_Size__c', 'cafe_size'],
    ['__c', 'field'],
    ['預算__c', 'field'],
    [`${'Long_'.repeat(30)}__c`, 'long_long_long_long_long_long_long_long_long_long_long_long'],
    // Held by a standard field.
    ['Salutation__c', 'salutation_2'],
  ])('%s has the key %s', (name, key) => {
    expect(define(name, 'TEXT').key).toBe(key)
  })

  it('takes no key that another has', () => {
    expect(define('Tier__c', 'TEXT', ['tier', 'tier_2']).key).toBe('tier_3')
    const long = 'x'.repeat(60)
    expect(define(long, 'TEXT', [long]).key).toBe(`${'x'.repeat(58)}_2`)
  })

  it.each([
    ['TEXT', 'text'],
    ['MULTILINETEXT', 'text'],
    ['DROPDOWN', 'choice'],
    ['MULTISELECT', 'multiChoice'],
    ['BIT', 'boolean'],
    ['DATE', 'date'],
    ['DATETIME', 'text'],
    ['NUMERIC', 'number'],
    ['percent', 'number'],
    ['AUTONUMBER', 'text'],
    ['URL', 'text'],
    ['SOMETHING NEW', 'text'],
  ] satisfies [string, CustomFieldType][])('of the type %s is a %s', (there, here) => {
    expect(define('X__c', there).type).toBe(here)
  })

  it('has its choices once each', () => {
    const options = ['A', 'B', 'A', ' ', null].map((value, index) => ({ OPTION_ID: index, OPTION_VALUE: value }))
    expect(toCustomField('contacts', { FIELD_NAME: 'Tier__c', FIELD_TYPE: 'DROPDOWN', FIELD_LABEL: null, CUSTOM_FIELD_OPTIONS: options }, new Set())).toEqual({
      entity: 'contacts',
      key: 'tier',
      label: 'Tier__c',
      type: 'choice',
      choices: ['A', 'B'],
    })
  })
})

describe('the value of a custom field', () => {
  const read = (type: CustomFieldType, value: unknown, choices: string[] = []) => {
    const { incoming } = lookups({ customFields: { X__c: { entity: 'contacts', key: 'x', label: 'X', type, choices } } })
    const { custom } = toRecord(
      'contacts',
      {
        CONTACT_ID: 1,
        CUSTOMFIELDS: [
          { FIELD_NAME: 'X__c', FIELD_VALUE: value },
          { FIELD_NAME: 'Y__c', FIELD_VALUE: 1 },
        ],
      },
      incoming,
    ).values
    return custom
  }

  it.each([
    ['text', ' a\0b ', 'ab'],
    ['text', '2024-05-06 07:08:09', '2024-05-06 07:08:09'],
    ['text', 7, '7'],
    ['text', true, 'true'],
    ['number', 7.5, 7.5],
    ['number', '1200', 1200],
    ['date', '2024-05-06 00:00:00', '2024-05-06'],
    ['boolean', true, true],
    ['boolean', 'False', false],
    ['choice', 'gold', 'Gold'],
    // Taken off its list since.
    ['choice', 'Lead', 'Lead'],
    ['multiChoice', 'gold; Lead ;;Gold', ['Gold', 'Lead']],
  ] as const)('of a %s %j is %j', (type, value, expected) => {
    expect(read(type, value, ['Gold', 'Silver'])).toEqual({ x: expected })
  })

  it.each([
    ['text', ''],
    ['text', null],
    ['text', { a: 1 }],
    ['number', 'many'],
    ['number', '1e400'],
    ['number', '12345678901234567890'],
    ['date', 'soon'],
    ['date', '0001-01-01 00:00:00'],
    ['boolean', 'perhaps'],
    ['choice', ' '],
    ['multiChoice', ';;'],
    ['multiChoice', [1]],
  ] as const)('of a %s %j is left out', (type, value) => {
    expect(read(type, value)).toEqual({})
  })
})

it('keys of standard fields can be stored and stand for one field each', () => {
  for (const entity of mirroredEntities) {
    const keys = standardCustomKeys(entity)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.filter((key) => !/^[a-z0-9][a-z0-9_]{0,59}$/.test(key))).toEqual([])
  }
  expect(standardCustomKeys('users')).toEqual([])
})
