import ipaddr from 'ipaddr.js'
import { canonicalHost } from './host-name.ts'
import { type Address, parseAddress } from './public-address.ts'

/** What an operator lets through although it is not public. */
export interface AllowList {
  /** @param host in its canonical form */
  isAllowed(target: { host: string; port: number | undefined; address: Address }): boolean
}

interface Entry {
  host: string | undefined
  network: [Address, number] | undefined
  port: number | undefined
}

// Whoever allows a name means the machine behind it, not the cloud's metadata should the name ever point there.
const rangesOfNames = new Set(['unicast', 'private', 'loopback', 'uniqueLocal', 'carrierGradeNat'])

/**
 * @param entries addresses, networks such as `10.0.0.0/8`, host names, or `host:port` and `[address]:port` for one port alone
 * @throws Error naming the entry that is none of these
 */
export function createAllowList(entries: readonly string[]): AllowList {
  const parsed = entries.map(parseEntry)
  return {
    isAllowed({ host, port, address }) {
      return parsed.some((entry) => {
        if (entry.port !== undefined && entry.port !== port) return false
        if (entry.network !== undefined) return entry.network[0].kind() === address.kind() && address.match(entry.network[0], entry.network[1])
        return entry.host === host && rangesOfNames.has(address.range())
      })
    },
  }
}

function parseEntry(text: string): Entry {
  const entry = text.trim()
  try {
    if (entry.includes('/')) return { network: ipaddr.parseCIDR(entry), host: undefined, port: undefined }
    const [, name = entry, portText] = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(entry) ?? []
    const port = portText === undefined ? undefined : Number(portText)
    if (port !== undefined && (port < 1 || port > 65_535)) throw new Error('No such port.')
    const host = canonicalHost(name)
    const address = parseAddress(host)
    return address === undefined ? { host, network: undefined, port } : { host: undefined, network: [address, address.kind() === 'ipv4' ? 32 : 128], port }
  } catch (error) {
    throw new Error(`"${text}" cannot be allowed: write an address, a network such as 10.0.0.0/8, a host or host:port.`, { cause: error })
  }
}
