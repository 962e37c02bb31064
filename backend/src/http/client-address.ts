import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/**
 * Finds the client's address: the socket's, or behind a trusted proxy the right-most entry of X-Forwarded-For that no trusted proxy has.
 * @param trusted addresses and networks of reverse proxies; `loopback` stands for this machine
 */
export function createClientAddress(trusted: readonly string[]): (request: Pick<IncomingMessage, 'socket' | 'headers'>) => string {
  const networks = trusted.flatMap((item) => (item === 'loopback' ? ['127.0.0.0/8', '::1/128'] : [item])).map(toNetwork)
  const isTrusted = (address: Address) =>
    networks.some(({ network, bits }) => network.kind() === address.kind() && (address as ipaddr.IPv4).match(network as ipaddr.IPv4, bits))

  return ({ socket, headers }) => {
    let client = parse(socket.remoteAddress ?? '') ?? ipaddr.parse('0.0.0.0')
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').slice(-4000).split(',').reverse()
    for (const entry of forwarded) {
      if (!isTrusted(client)) break
      const next = parse(entry)
      // What stands left of nonsense was written by somebody who cannot be believed.
      if (next === undefined) break
      client = next
    }
    return client.toString()
  }
}

function toNetwork(item: string): { network: Address; bits: number } {
  const [host = '', bits] = item.split('/')
  const network = ipaddr.process(host)
  return { network, bits: bits === undefined ? (network.kind() === 'ipv4' ? 32 : 128) : Number(bits) }
}

/** An address as proxies write it: alone, with a port, or in brackets. */
function parse(text: string): Address | undefined {
  const bare = text.trim().replace(/^\[([^\]]+)\](:\d+)?$/, '$1')
  const address = /^\d+\.\d+\.\d+\.\d+:\d+$/.test(bare) ? bare.slice(0, bare.lastIndexOf(':')) : bare
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address)
  return ipaddr.IPv6.isValid(address) ? ipaddr.process(address) : undefined
}
