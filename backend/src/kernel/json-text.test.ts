import { describe, expect, it } from 'vitest'
import { deepFreeze } from './deep-freeze.ts'
import { addMember, jsonOf } from './json-text.ts'

describe('JSON', () => {
  it('of what may change is written each time', () => {
    const value = { a: 1 }
    expect(jsonOf(value)).toBe('{"a":1}')
    value.a = 2
    expect(jsonOf(value)).toBe('{"a":2}')
  })

  it('of what cannot is the same', () => {
    const value = deepFreeze([{ text: 'a "b"' }, null])
    expect([jsonOf(value), jsonOf(value)]).toEqual(Array(2).fill(JSON.stringify(value)))
  })

  it('of an object takes another member', () => {
    expect(JSON.parse(addMember('{}', 'a"b', '[1]'))).toEqual({ 'a"b': [1] })
    expect(JSON.parse(addMember('{"x":{}}', 'y', 'null'))).toEqual({ x: {}, y: null })
  })
})
