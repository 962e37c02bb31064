import type { AllowedRow, BanRow } from './bans.repository.ts'
import { parseNetwork, toText } from './network.ts'

/** Why, and until when, requests of an address are refused. */
export interface Ban {
  /** Such as `192.0.2.7` or `192.0.2.0/24`. */
  ip: string
  reason: string
  automatic: boolean
  /** Which automatic ban of this network in 30 days it is. */
  times: number
  createdAt: string
  expiresAt: string
  createdBy: string | null
}

/** An address or a network that is never banned automatically. */
export interface AllowedNetwork {
  network: string
  note: string
  createdAt: string
  createdBy: string | null
}

export function toBan({ network, id: _id, ...ban }: BanRow): Ban {
  return { ip: readable(network), ...ban }
}

export function toAllowed({ network, ...allowed }: AllowedRow): AllowedNetwork {
  return { network: readable(network), ...allowed }
}

function readable(cidr: string): string {
  const network = parseNetwork(cidr)
  return network === undefined ? cidr : toText(network)
}
