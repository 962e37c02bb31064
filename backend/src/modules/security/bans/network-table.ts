import { mask, type Network, parseNetwork } from './network.ts'

/** Values by network, found by an address inside: one look-up for each length of prefix in use. */
export interface NetworkTable<T> {
  readonly size: number
  /** The first value, from the narrowest network to the widest, that holds the address and is accepted. */
  find(ip: string, accept?: (value: T) => boolean): T | undefined
  set(network: Network, value: T): void
}

/** Makes a table of networks. */
export function createNetworkTable<T>(): NetworkTable<T> {
  const values = new Map<string, T>()
  const lengths = { ipv4: [] as number[], ipv6: [] as number[] }
  const keyOf = (kind: Network['kind'], bits: number, bytes: readonly number[]) => `${kind}/${bits}/${bytes.join('.')}`

  return {
    get size() {
      return values.size
    },
    find(ip, accept = () => true) {
      if (values.size === 0) return undefined
      const address = parseNetwork(ip)
      if (address === undefined) return undefined
      for (const bits of lengths[address.kind]) {
        const value = values.get(keyOf(address.kind, bits, mask(address.bytes, bits)))
        if (value !== undefined && accept(value)) return value
      }
      return undefined
    },
    set({ kind, bits, bytes }, value) {
      values.set(keyOf(kind, bits, bytes), value)
      if (!lengths[kind].includes(bits)) lengths[kind] = [...lengths[kind], bits].sort((a, b) => b - a)
    },
  }
}
