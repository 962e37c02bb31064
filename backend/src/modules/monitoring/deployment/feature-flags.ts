import type { Client } from '@openfeature/server-sdk'
import type { Actor } from '#backend/kernel/actor.ts'
import type { FlagBinding, FlagSource } from './flag-provider.ts'
import { flagPersonOf } from './flag-rules.ts'

export type FeatureFlags = ReturnType<typeof createFeatureFlags>

/** The one way to ask for a flag: OpenFeature, which takes a moment to load; a start does not wait for it. */
export function createFeatureFlags(source: FlagSource) {
  let binding: Promise<FlagBinding> | undefined

  function load(): Promise<FlagBinding> {
    binding ??= import('./flag-provider.ts')
      .then(({ bindFlags }) => bindFlags(source))
      .catch((error: unknown) => {
        binding = undefined
        throw error
      })
    return binding
  }

  return {
    /** From then on code that knows OpenFeature alone can ask as well. */
    async load(): Promise<void> {
      await load()
    },

    /** An OpenFeature client that asks for somebody. It never throws: the default it is given holds for a flag that nobody knows or that cannot be read. */
    async clientFor(actor: Actor): Promise<Client> {
      const { id, workspaceId, role } = flagPersonOf(actor)
      return (await load()).clientFor({ targetingKey: id, workspaceId, ...(role === undefined ? {} : { role }) })
    },

    async close(): Promise<void> {
      const bound = await binding?.catch(() => undefined)
      bound?.unbind()
    },
  }
}
