import { describe, expect, it } from 'vitest'
import { isPublicAddress, parseAddress } from './public-address.ts'

const notPublic = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::8.8.8.8',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:169.254.169.254',
  '::ffff:0:127.0.0.1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::8.8.8.8',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:808:808::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
]

describe('isPublicAddress', () => {
  it.each(notPublic)('%s is not public', (text) => {
    const address = parseAddress(text)
    expect(address).toBeDefined()
    expect(address !== undefined && isPublicAddress(address)).toBe(false)
  })

  it.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8'])(
    '%s is',
    (text) => {
      const address = parseAddress(text)
      expect(address !== undefined && isPublicAddress(address)).toBe(true)
    },
  )

  it('takes no other spelling for an address', () => {
    for (const text of ['2130706433', '0x7f000001', '0177.0.0.1', '127.1', 'localhost', '', '1.2.3.4.5', '::1::']) expect(parseAddress(text)).toBeUndefined()
  })
})
