import { hostname } from 'node:os'
import { type Database, sql } from '#backend/infra/database/database.ts'
import type { AuditFile, AuditOutput } from '#backend/infra/logger/audit-output.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import { headSequence, linesAfter, outsideWorkspaces } from './audit.repository.ts'
import { linkOf } from './chain-line.ts'

const atOnce = 1000

export interface AuditLog {
  /** Writes what the chain has and the output lacks; `chained` is what this process has just added to the chain. */
  bringUpToDate(chained: { first: number; last: number } | undefined): Promise<void>
}

/** The chain's lines on their way out. */
export function createAuditLog(database: Database, output: AuditOutput, logger: Pick<Logger, 'warn'>): AuditLog {
  return output.file === undefined ? createPrintedLog(database, output) : createFileLog(database, output, output.file, logger)
}

/** What was printed cannot be read back, so each process prints what it has chained itself. */
function createPrintedLog(database: Database, output: AuditOutput): AuditLog {
  return {
    async bringUpToDate(chained) {
      if (chained === undefined) return
      for (let after = chained.first - 1; after < chained.last; ) {
        const lines = await outsideWorkspaces(database, (query) => linesAfter(query, after, Math.min(atOnce, chained.last - after)))
        await output.append(lines.map(({ line }) => line))
        after = lines.at(-1)?.sequence ?? chained.last
      }
    },
  }
}

/** Every line in the file, in order and once, whichever processes share it and whenever they were killed. */
function createFileLog(database: Database, output: AuditOutput, file: AuditFile, logger: Pick<Logger, 'warn'>): AuditLog {
  const lock = `audit:${hostname()}:${file.path}`
  let known: { version: string | undefined; sequence: number } | undefined

  /** The last sequence that stands in the file, or stood there before it was moved aside; a file of another database makes way. */
  async function lastWritten(head: number): Promise<number> {
    const line = await file.lastLine()
    const candidates = [line === undefined ? undefined : linkOf(line)?.sequence, Number(await file.position())]
    const last = candidates.find((sequence) => sequence !== undefined && Number.isSafeInteger(sequence) && sequence <= head)
    if (last !== undefined) return last
    if (line !== undefined) {
      const suffix = `other-${Date.now()}`
      await file.setAside(suffix)
      logger.warn(
        { file: file.path, movedTo: `${file.path}.${suffix}` },
        'The audit log file belongs to another database; it was moved aside and a new one begun',
      )
    }
    return 0
  }

  async function writeSome(): Promise<boolean> {
    return outsideWorkspaces(database, async (query) => {
      await query(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`)
      const version = await file.version()
      const after = known !== undefined && known.version === version ? known.sequence : await lastWritten(await headSequence(query))
      const lines = await linesAfter(query, after, atOnce)
      const sequence = lines.at(-1)?.sequence ?? after
      if (lines.length > 0) {
        await output.append(lines.map(({ line }) => line))
        await file.keepPosition(String(sequence))
      }
      known = { version: await file.version(), sequence }
      return lines.length < atOnce
    })
  }

  return {
    async bringUpToDate() {
      while (!(await writeSome()));
    },
  }
}
