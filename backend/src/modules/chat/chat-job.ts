import type { Actor } from '#backend/kernel/actor.ts'

/** Chat's own work in a workspace, on nobody's behalf. */
export function chatJob(workspaceId: string): Actor {
  return { type: 'system', workspaceId, job: 'chat' }
}
