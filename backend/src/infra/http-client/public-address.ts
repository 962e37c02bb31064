import ipaddr from 'ipaddr.js'

export type Address = ipaddr.IPv4 | ipaddr.IPv6

// What the library calls unicast is everything without a name; addresses of the Internet are in here alone.
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]
// DNS64 writes the IPv4 address of a host into the last 32 bits (RFC 6052).
const nat64: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96]
/** Looks public, and answers as the platform inside Azure machines. */
const azurePlatform = '168.63.129.16'

/** An address as it stands for itself: `::ffff:10.0.0.1` is 10.0.0.1. Undefined for anything else than one of four decimal numbers, or of IPv6. */
export function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  // The library takes `::8.8.8.8` for 8.8.8.8, which no system does; addresses of the web have one spelling.
  const spelled = text.includes(':') ? URL.parse(`http://[${text}]`)?.hostname.slice(1, -1) : undefined
  return spelled === undefined ? undefined : ipaddr.process(spelled)
}

/** Whether an address belongs to the public Internet: not private, loopback, link-local, shared, reserved, multicast, or a tunnel to such. */
export function isPublicAddress(address: Address): boolean {
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast' && address.toString() !== azurePlatform
  if (address.isIPv4MappedAddress()) return isPublicAddress(address.toIPv4Address())
  if (address.match(nat64)) return isPublicAddress(new ipaddr.IPv4(address.toByteArray().slice(12)))
  return address.match(globalUnicast) && address.range() === 'unicast'
}
