import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientNetwork, mask, parseNetwork, toCidr, toText } from './network.ts'
import { createNetworkTable } from './network-table.ts'

const ipv4 = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 })
const ipv6 = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 16, maxLength: 16 })
  .filter((bytes) => bytes.slice(0, 12).join() !== '0,0,0,0,0,0,0,0,0,0,255,255')

const bit = (bytes: readonly number[], index: number) => ((bytes[index >> 3] ?? 0) >> (7 - (index & 7))) & 1

describe('networks', () => {
  it('keep exactly their first bits', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), fc.integer({ min: 0, max: 128 }), (bytes, length) => {
        const bits = Math.min(length, bytes.length * 8)
        const masked = mask(bytes, bits)
        for (let index = 0; index < bytes.length * 8; index += 1) expect(bit(masked, index)).toBe(index < bits ? bit(bytes, index) : 0)
      }),
      { numRuns: 300, seed: 23 },
    )
  })

  it('are read back as they are written', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), fc.integer({ min: 0, max: 128 }), (bytes, length) => {
        const kind = bytes.length === 4 ? 'ipv4' : 'ipv6'
        const bits = Math.min(length, bytes.length * 8)
        const network = { kind, bits, bytes: mask(bytes, bits) } as const
        expect(parseNetwork(toCidr(network))).toEqual(network)
        expect(parseNetwork(toText(network))).toEqual(network)
      }),
    )
  })

  it('refuse what only looks like an address', () => {
    for (const text of ['1', '0x7f.1', '1.2.3', '1.2.3.4/', '1.2.3.4/a', '1.2.3.4/24/1', 'fe80::1%eth0', ':::', 'example.com', ''])
      expect(parseNetwork(text), text).toBeUndefined()
    expect(clientNetwork('2001:db8:0:1:2:3:4:5')).toEqual(parseNetwork('2001:db8:0:1::/64'))
    expect(clientNetwork('::ffff:192.0.2.1')).toEqual(parseNetwork('192.0.2.1'))
  })

  it('are found by each address inside, the narrowest first', () => {
    const table = createNetworkTable<string>()
    for (const text of ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '2001:db8::/32']) table.set(parseNetwork(text) as never, text)
    expect(['10.1.2.3', '10.1.2.4', '10.2.0.1', '11.0.0.1', '2001:db8:ffff::1', '2001:db9::1', 'nonsense'].map((ip) => table.find(ip))).toEqual([
      '10.1.2.3',
      '10.1.0.0/16',
      '10.0.0.0/8',
      undefined,
      '2001:db8::/32',
      undefined,
      undefined,
    ])
    expect(table.find('10.1.2.3', (value) => value !== '10.1.2.3')).toBe('10.1.0.0/16')
  })
})
