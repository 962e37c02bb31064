import type { Database } from '#backend/infra/database/database.ts'
import { type Actor, requireScope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import type { PostureCheck } from '#contracts/security.ts'
import { type AccountFacts, checkAccounts } from './account-checks.ts'
import { type ConfigFacts, checkConfiguration } from './config-checks.ts'
import { checkDatabase } from './database-checks.ts'

export interface Posture {
  /** What is safe and what is not, found when asked. */
  check(actor: Actor): Promise<PostureCheck[]>
}

/** A checklist of real facts: the configuration, the database's catalogue, accounts and keys, the audit trail. */
export function createPosture({
  database,
  clock,
  config,
  accounts = {},
}: {
  database: Database
  clock: Clock
  config: ConfigFacts
  accounts?: AccountFacts
}): Posture {
  return {
    async check(actor) {
      requireScope(actor, 'workspace:admin')
      const inDatabase = await database.transaction(actor, checkDatabase, { readOnly: true })
      return [...checkConfiguration(config), ...inDatabase, ...(await checkAccounts(accounts, actor, clock.now()))]
    },
  }
}
