import { createHash } from 'node:crypto'
import { type Actor, actorId } from '#backend/kernel/actor.ts'
import type { FeatureFlag } from '#contracts/deployment.ts'

/** Whom a flag is asked for, as far as the asker knows. */
export interface FlagPerson {
  id?: string | undefined
  workspaceId?: string | undefined
  role?: string | undefined
}

/** On or off and why, in OpenFeature's words: named, by share, the same for everybody, or nothing chose them. */
export interface FlagDecision {
  value: boolean
  reason: 'TARGETING_MATCH' | 'SPLIT' | 'STATIC' | 'DEFAULT'
}

/**
 * Decides a flag for somebody: the same person always gets the same answer, and a growing share only ever adds people.
 * @returns undefined when the share decides and the person or their workspace is not told
 */
export function decideFlag(name: string, { enabled, percentage, targets }: FeatureFlag, { id, workspaceId, role }: FlagPerson): FlagDecision | undefined {
  if (!enabled) return { value: false, reason: 'STATIC' }
  if (targets.some((target) => target === id || target === workspaceId || target === role)) return { value: true, reason: 'TARGETING_MATCH' }
  if (percentage >= 100) return { value: true, reason: 'STATIC' }
  if (percentage <= 0) return { value: false, reason: 'DEFAULT' }
  if (id === undefined || workspaceId === undefined) return undefined
  return { value: placeOf(name, workspaceId, id) < percentage, reason: 'SPLIT' }
}

export function flagPersonOf(actor: Actor): FlagPerson & { id: string; workspaceId: string } {
  return { id: actorId(actor), workspaceId: actor.workspaceId, role: actor.type === 'user' ? actor.role : undefined }
}

/** Whether a feature is on for whoever runs. */
export function isOnFor(name: string, flag: FeatureFlag, actor: Actor): boolean {
  return decideFlag(name, flag, flagPersonOf(actor))?.value === true
}

/** 0 to just below 100, spread evenly and differently for each flag. */
function placeOf(name: string, workspaceId: string, id: string): number {
  const hash = createHash('sha256').update(`${name}/${workspaceId}/${id}`).digest()
  return (hash.readUInt32BE(0) / 2 ** 32) * 100
}
