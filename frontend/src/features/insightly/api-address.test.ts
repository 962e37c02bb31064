import { describe, expect, it } from 'vitest'
import { addressOfPod, tidyAddress } from './api-address.ts'

describe('addressOfPod', () => {
  it('names the pod', () => {
    expect(addressOfPod('eu1')).toBe('https://api.eu1.insightly.com/v3.1')
  })
})

describe('tidyAddress', () => {
  it.each([
    ['https://api.na1.insightly.com/v3.1/', 'https://api.na1.insightly.com/v3.1'],
    [' api.na1.insightly.com ', 'https://api.na1.insightly.com/v3.1'],
    ['https://api.na1.insightly.com/v3.0', 'https://api.na1.insightly.com/v3.0'],
    ['http://127.0.0.1:4010/v3.1', 'http://127.0.0.1:4010/v3.1'],
  ])('%s', (text, address) => {
    expect(tidyAddress(text)).toBe(address)
  })
})
