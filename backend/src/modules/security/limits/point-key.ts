import { createHmac } from 'node:crypto'
import { clientNetwork, toCidr } from '../bans/network.ts'

/** Turns what is counted into a key that gives nothing away: a keyed hash, so that nobody can try out all addresses. */
export type PointKey = (purpose: string, value: string) => string

/** @param secret the same in all processes that count together */
export function createPointKey(secret: string): PointKey {
  return (purpose, value) => createHmac('sha256', secret).update(`${purpose}\0${value}`).digest('hex').slice(0, 40)
}

/** What stands for a client: its IPv4 address, or its IPv6 network of 64 bits. */
export function clientOf(ip: string): string {
  const network = clientNetwork(ip)
  return network === undefined ? ip : toCidr(network)
}
