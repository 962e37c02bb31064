import type { Actor } from '#backend/kernel/actor.ts'
import type { SystemCheck } from '#contracts/self-test.ts'
import { rounded } from './percentiles.ts'
import { within } from './run-suites.ts'

/** Something that ChatSG leans on, asked now. */
export interface SystemCheckSource {
  name: string
  /** What was found, as one sentence; undefined when it is not configured. @throws Error with a sentence for people when it does not answer as it should */
  check(actor: Actor): Promise<string | undefined>
}

const limitMs = 15_000

/** Asks all of them at once. */
export function checkSystem(sources: readonly SystemCheckSource[], actor: Actor): Promise<SystemCheck[]> {
  return Promise.all(
    sources.map(async ({ name, check }) => {
      const beganAt = performance.now()
      const found = await within(check(actor), limitMs).then(
        (detail) => ({ status: detail === undefined ? ('not_configured' as const) : ('ok' as const), detail: detail ?? 'It is not configured.' }),
        (error: unknown) => ({ status: 'failed' as const, detail: error instanceof Error ? error.message : String(error) }),
      )
      return { name, ...found, durationMs: rounded(performance.now() - beganAt) }
    }),
  )
}
