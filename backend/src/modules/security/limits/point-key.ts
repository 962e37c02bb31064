import { createHmac } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { clientNetwork, toCidr } from '../bans/network.ts'

/** Turns what is counted into a key that gives nothing away: a keyed hash, so that nobody can try out all addresses. */
export type PointKey = (purpose: string, value: string) => string

const mostRecent = 2000

/** @param secret the same in all processes that count together */
export function createPointKey(secret: string): PointKey {
  // Whoever calls calls again. Nothing but this process reads it, and it knows addresses and people anyway.
  const recent = new LRUCache<string, string>({ max: mostRecent })
  return (purpose, value) => {
    const named = `${purpose}\0${value}`
    const known = recent.get(named)
    if (known !== undefined) return known
    const key = createHmac('sha256', secret).update(named).digest('hex').slice(0, 40)
    recent.set(named, key)
    return key
  }
}

/** What stands for a client: its IPv4 address, or its IPv6 network of 64 bits. */
export function clientOf(ip: string): string {
  const network = clientNetwork(ip)
  return network === undefined ? ip : toCidr(network)
}
