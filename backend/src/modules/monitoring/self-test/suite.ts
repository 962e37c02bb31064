import type { SelfTestSuiteName } from '#contracts/self-test.ts'

/** Whose request it is: people of the scratch workspace, the owner of another one, or nobody. */
export type Caller = 'owner' | 'rep' | 'viewer' | 'stranger' | 'nobody'

export interface CallOptions {
  body?: unknown
  /** Goes as it is, with its content type. */
  raw?: { text: string; contentType: string }
  as?: Caller
  /** Address the request seems to come from. */
  ip?: string
}

export interface Answered {
  status: number
  body: Record<string, unknown>
  text: string
  headers: Readonly<Record<string, unknown>>
}

/** The product over a scratch database that holds the demo company. */
export interface TestWorld {
  contacts: number
  call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, options?: CallOptions): Promise<Answered>
  /** Hand-written SQL past all rules; `$1` is the workspace, `$2` the world's now. */
  gold<R extends object>(text: string): Promise<R[]>
  /** The page of metrics of the product under test. */
  metrics(): Promise<string>
  /** Backs the scratch database up, restores the archive elsewhere and counts the rows. */
  drillBackup(): Promise<{ tables: number; rows: number; restoredRows: number }>
  close(): Promise<void>
}

export interface TestNotes {
  /** Adds what calls took, to be told with the result. */
  timed(durationsMs: readonly number[], targetMs: number | null): void
}

export interface SuiteTest {
  name: string
  /** @throws Error saying what was expected and what came */
  run(world: TestWorld, notes: TestNotes): Promise<void>
}

export interface Suite {
  name: SelfTestSuiteName
  tests: readonly SuiteTest[]
}
