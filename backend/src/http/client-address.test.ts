import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createClientAddress } from './client-address.ts'

const from = (remoteAddress: string, forwarded?: string) => ({
  socket: { remoteAddress } as Socket,
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
})

describe("the client's address", () => {
  it.each([
    ['no proxy is trusted', [], from('127.0.0.1', '203.0.113.9'), '127.0.0.1'],
    ['the client claims an address', ['10.0.0.0/8'], from('198.51.100.4', '203.0.113.9'), '198.51.100.4'],
    ['one trusted proxy', ['127.0.0.1'], from('127.0.0.1', '203.0.113.9'), '203.0.113.9'],
    ['the client forged the left part', ['127.0.0.1'], from('127.0.0.1', '1.1.1.1, 203.0.113.9'), '203.0.113.9'],
    ['a chain of trusted proxies', ['127.0.0.1', '10.0.0.0/8'], from('127.0.0.1', '1.1.1.1, 203.0.113.9, 10.2.3.4'), '203.0.113.9'],
    ['nonsense in the chain', ['127.0.0.1', '10.0.0.0/8'], from('127.0.0.1', '203.0.113.9, <script>, 10.2.3.4'), '10.2.3.4'],
    ['nothing but nonsense', ['127.0.0.1'], from('127.0.0.1', 'unknown'), '127.0.0.1'],
    ['an address with its port', ['127.0.0.1'], from('127.0.0.1', '203.0.113.9:51234'), '203.0.113.9'],
    ['an IPv6 address in brackets', ['loopback'], from('::1', '[2001:db8::7]:443'), '2001:db8::7'],
    ['an IPv4 proxy seen over IPv6', ['127.0.0.1'], from('::ffff:127.0.0.1', '203.0.113.9'), '203.0.113.9'],
    ['an IPv4 client seen over IPv6', [], from('::ffff:203.0.113.9'), '203.0.113.9'],
    ['an octal spelling', ['127.0.0.1'], from('127.0.0.1', '0177.0.0.1.'), '127.0.0.1'],
    ['a socket that is gone', [], { socket: {} as Socket, headers: {} }, '0.0.0.0'],
  ])('%s', (_name, trusted, request, expected) => {
    expect(createClientAddress(trusted)(request)).toBe(expected)
  })
})
