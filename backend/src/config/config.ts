import type { SchemaValues } from './schema.ts'

/** Secrets a data folder keeps for itself. */
export interface StoredSecrets {
  encryptionKey: string
  sessionSecret: string
  csrfSecret: string
  /** Password of the embedded database's owner. */
  ownerPassword: string
  /** Password of the login role that row-level security binds. */
  applicationPassword: string
}

type Derived = {
  application: { appUrl: string; dataDir: string; workers: number }
  security: Pick<StoredSecrets, 'encryptionKey' | 'sessionSecret' | 'csrfSecret'> & {
    /** Variables of secrets that nobody set, so that the data folder's own are used. */
    generatedSecrets: readonly string[]
  }
  database: Pick<StoredSecrets, 'ownerPassword' | 'applicationPassword'>
  retention: { backupDir: string }
}

type Merged<A, B> = Readonly<Omit<A, keyof B> & B>

/** The whole configuration, frozen: paths are absolute, durations are milliseconds, `undefined` is what nobody set. */
export type Config = { readonly [G in keyof SchemaValues]: G extends keyof Derived ? Merged<SchemaValues[G], Derived[G]> : Readonly<SchemaValues[G]> }
