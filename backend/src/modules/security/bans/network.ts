import ipaddr from 'ipaddr.js'

/** An address (as the network of itself) or a network, in its one canonical form. */
export interface Network {
  kind: 'ipv4' | 'ipv6'
  bits: number
  /** Bytes of its first address. */
  bytes: readonly number[]
}

const longest = { ipv4: 32, ipv6: 128 } as const

/** Reads `192.0.2.7`, `192.0.2.0/24`, `2001:db8::1`, `2001:db8::/32`; undefined for anything else. An IPv4 address written as IPv6 is the IPv4 one. */
export function parseNetwork(text: string): Network | undefined {
  const [host = '', bitsText, ...rest] = text.trim().split('/')
  const address = parse(host)
  if (address === undefined || rest.length > 0) return undefined
  const kind = address.kind()
  if (bitsText === undefined) return { kind, bits: longest[kind], bytes: address.toByteArray() }
  const bits = Number(bitsText)
  if (!/^\d{1,3}$/.test(bitsText) || bits > longest[kind]) return undefined
  return { kind, bits, bytes: mask(address.toByteArray(), bits) }
}

function parse(host: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(host)) return ipaddr.IPv4.parse(host)
  return /%/.test(host) || !ipaddr.IPv6.isValid(host) ? undefined : ipaddr.process(host)
}

/** The network that stands for one client: an IPv4 address, or the /64 that an IPv6 client may choose its address from. */
export function clientNetwork(ip: string): Network | undefined {
  const address = parseNetwork(ip)
  return address?.kind === 'ipv6' && address.bits > 64 ? { kind: 'ipv6', bits: 64, bytes: mask(address.bytes, 64) } : address
}

/** As PostgreSQL writes a cidr: `192.0.2.7/32`. */
export function toCidr({ bytes, bits }: Network): string {
  return `${ipaddr.fromByteArray([...bytes]).toString()}/${bits}`
}

/** As people write it: a single address without its length. */
export function toText(network: Network): string {
  const cidr = toCidr(network)
  return network.bits === longest[network.kind] ? cidr.slice(0, cidr.indexOf('/')) : cidr
}

/** The first `bits` bits; the rest are zero. */
export function mask(bytes: readonly number[], bits: number): number[] {
  return bytes.map((byte, index) => byte & (0xff << (8 - Math.min(8, Math.max(0, bits - index * 8)))) & 0xff)
}
