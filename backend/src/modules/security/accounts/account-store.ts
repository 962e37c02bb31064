import type { BetterAuthOptions } from '@better-auth/core'
import { createAdapterFactory, type DBAdapter } from '@better-auth/core/db/adapter'
import type { AccountsDatabase } from './accounts-database.ts'
import { createRowStore } from './row-store.ts'
import type { SealingKeys } from './sealed-columns.ts'

/** better-auth's storage on our tables: snake case, sealed columns, real transactions. */
export function createAccountStore(accounts: AccountsDatabase, keys: SealingKeys): (options: BetterAuthOptions) => DBAdapter {
  const config = { adapterId: 'chatsg', supportsNumericIds: false, supportsJSON: true } as const
  return (options) =>
    createAdapterFactory({
      config: {
        ...config,
        transaction: (work) =>
          accounts.transaction((query) =>
            work(createAdapterFactory({ config: { ...config, transaction: false }, adapter: () => createRowStore(query, keys) })(options)),
          ),
      },
      adapter: () => createRowStore(accounts.query, keys),
    })(options)
}
