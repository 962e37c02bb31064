/**
 * Numbers of the locks that one database knows, each for one purpose: two with the same number would wait for each other.
 * Locks of one record or one file have a name that is hashed instead.
 */
export const advisoryLocks = {
  migration: 7_246_187_301,
  /** Taken by the functions of migration 0005, so that the audit chain has one order. */
  auditChain: 7_246_187_302,
  backup: 7_246_187_303,
  /** Servers that start at the same moment look at each other one after the other. */
  serverStart: 7_246_187_304,
} as const
