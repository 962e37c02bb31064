import { describe, expect, it } from 'vitest'
import { listFields } from './change-texts.ts'

describe('the fields of a change in words', () => {
  it('calls a reference by its name however it was given', () => {
    expect(listFields('leads', ['owner_id'])).toBe('owner')
    expect(listFields('opportunities', ['stage_id', 'stage', 'value'])).toBe('stage and value')
  })
  it('names three fields and counts the others', () => {
    expect(listFields('contacts', ['phone', 'title', 'city', 'country', 'custom.shoe_size'])).toBe('phone, job title, city and 2 more')
  })
})
