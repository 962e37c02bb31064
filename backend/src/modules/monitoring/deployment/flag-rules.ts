import { createHash } from 'node:crypto'
import { type Actor, actorId } from '#backend/kernel/actor.ts'
import type { FeatureFlag } from '#contracts/deployment.ts'

/** Whether a feature is on for somebody; the same person always gets the same answer, and a growing share only ever adds people. */
export function isOnFor(name: string, { enabled, percentage, targets }: FeatureFlag, actor: Actor): boolean {
  if (!enabled) return false
  const names = [actorId(actor), actor.workspaceId, ...(actor.type === 'user' ? [actor.role] : [])]
  return targets.some((target) => names.includes(target)) || placeOf(name, actor) < percentage
}

/** 0 to just below 100, spread evenly and differently for each flag. */
function placeOf(name: string, actor: Actor): number {
  const hash = createHash('sha256')
    .update(`${name}/${actor.workspaceId}/${actorId(actor)}`)
    .digest()
  return (hash.readUInt32BE(0) / 2 ** 32) * 100
}
