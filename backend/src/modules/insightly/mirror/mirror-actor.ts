import type { Actor } from '#backend/kernel/actor.ts'

/** Writes what Insightly says; what it writes does not join the outbox (`insightly_is_sent` in migration 0017 knows the name). */
export function mirrorActor(workspaceId: string): Extract<Actor, { type: 'system' }> {
  return { type: 'system', workspaceId, job: 'insightly' }
}
