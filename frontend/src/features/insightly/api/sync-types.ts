import type { SyncRunJson, SyncStatus } from '#contracts/sync.ts'

export type SyncRun = SyncRunJson
export type RunMode = SyncRun['mode']
export type RunState = SyncRun['state']
/** How much of something is done; the total is null until it is counted. */
export type Amount = Pick<SyncRun['progress'], 'done' | 'total'>
export type Quota = NonNullable<SyncStatus['quota']>
