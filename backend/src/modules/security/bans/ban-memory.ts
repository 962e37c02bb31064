import type { Clock } from '#backend/kernel/clock.ts'
import type { Ban } from './ban.ts'
import { parseNetwork } from './network.ts'
import { createNetworkTable } from './network-table.ts'

/** What is asked on every request, without a database: the bans and the allow-list as they were read last. */
export function createBanMemory(clock: Clock) {
  let bans = createNetworkTable<Ban>()
  let allowed = createNetworkTable<true>()
  const isInForce = (ban: Ban) => Date.parse(ban.expiresAt) > clock.now().getTime()

  function add(ban: Ban): void {
    const network = parseNetwork(ban.ip)
    if (network !== undefined) bans.set(network, ban)
  }

  return {
    find: (ip: string): Ban | undefined => bans.find(ip, isInForce),
    isAllowed: (ip: string): boolean => allowed.find(ip) === true,
    add,
    replace(nextBans: readonly Ban[], nextAllowed: readonly { network: string }[]): void {
      bans = createNetworkTable()
      // Newest first, so that of two bans of one network the newer one stays.
      for (const ban of [...nextBans].reverse()) add(ban)
      allowed = createNetworkTable()
      for (const { network: text } of nextAllowed) {
        const network = parseNetwork(text)
        if (network !== undefined) allowed.set(network, true)
      }
    },
  }
}
