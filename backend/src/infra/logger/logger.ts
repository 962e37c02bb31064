import { dirname, join } from 'node:path'
import pino from 'pino'
import type { Config } from '#backend/config/index.ts'
import { type AuditOutput, createAuditFile, createAuditStream } from './audit-output.ts'
import { type LogFile, openLogFile, requireWritable } from './log-file.ts'
import { createLineMask, withoutSecrets } from './secrecy.ts'

/** Writes JSON lines: `logger.info({ contactId }, 'Contact created')`. */
export type Logger = pino.Logger

export interface Logs {
  logger: Logger
  /** Where the audit chain is written; undefined when there is no file and the level keeps such lines off the standard output. */
  audit: AuditOutput | undefined
  /** Takes secrets out of what is kept elsewhere: by the names of members, and out of a finished text. */
  secrecy: Secrecy
  /** The logger of one module, which `DEBUG=<module>:*` raises to debug; its lines carry `module`. */
  forModule(module: string): Logger
  /** Writes from another level on, and other modules at debug, from now on. */
  configure(config: Pick<Config['logging'], 'level' | 'debug'>): void
  /** Files that grow, without the audit file, which has its own rules. */
  files: readonly string[]
  /** Opens the files anew under their names, after they were moved aside. */
  reopen(): void
}

export interface Secrecy {
  members(fields: Record<string, unknown>): Record<string, unknown>
  text(text: string): string
}

export interface LogOptions {
  /** Fields of every line, such as the request being served. */
  context?: () => Record<string, unknown>
  /** Values that must never be written, whatever they stand in. */
  secrets?: readonly string[]
  /** Where lines go when no file is set. */
  output?: pino.DestinationStream
}

/**
 * Opens the logs: JSON lines with `time` (ISO), `level` (word) and `msg`, on the standard output or in `LOG_FILE`, with
 * `error.log` and `audit.log` beside it. Secrets, cookies and authorization are masked.
 * @throws Error with one sentence for people when a file cannot be written
 */
export function createLogs(config: Pick<Config['logging'], 'level' | 'file' | 'auditFile' | 'debug'>, options: LogOptions = {}): Logs {
  const files: LogFile[] = []
  const open = (path: string) => {
    const file = openLogFile(path)
    files.push(file)
    return file
  }
  const maskLine = createLineMask(options.secrets ?? [])
  const settings: pino.LoggerOptions = {
    level: config.level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: withoutSecrets },
    hooks: { streamWrite: maskLine },
    ...(options.context === undefined ? {} : { mixin: options.context }),
  }
  const main =
    config.file === undefined
      ? (options.output ?? pino.destination({ fd: 1, sync: true }))
      : withErrorFile(open(config.file), open(join(dirname(config.file), 'error.log')))
  const auditPath = config.auditFile ?? (config.file === undefined ? undefined : join(dirname(config.file), 'audit.log'))
  const logger = pino(settings, main)
  let { debug } = config
  const modules = new Map<string, Logger>()
  const isRaised = (module: string) => isDebugged(debug, module) && !logger.isLevelEnabled('debug')
  return {
    logger,
    files: config.file === undefined ? [] : [config.file, join(dirname(config.file), 'error.log')],
    audit: auditPath !== undefined ? openAuditFile(auditPath) : logger.isLevelEnabled('info') ? createAuditStream(main) : undefined,
    secrecy: { members: withoutSecrets, text: maskLine },
    forModule(module) {
      const made = modules.get(module) ?? logger.child({ module }, isRaised(module) ? { level: 'debug' } : {})
      modules.set(module, made)
      return made
    },
    configure(changed) {
      debug = changed.debug
      logger.level = changed.level
      // A child has a level of its own, which does not follow its parent's.
      for (const [module, child] of modules) child.level = isRaised(module) ? 'debug' : changed.level
    },
    reopen() {
      for (const file of files) file.reopen()
    },
  }
}

function openAuditFile(path: string): AuditOutput {
  requireWritable(path)
  return createAuditFile(path)
}

function withErrorFile(all: LogFile, errors: LogFile): pino.DestinationStream {
  return pino.multistream([
    { level: 'trace', stream: all },
    { level: 'error', stream: errors },
  ])
}

/** Whether a pattern list such as `crm:*,chat` names the module. */
function isDebugged(patterns: string | undefined, module: string): boolean {
  return (patterns ?? '')
    .split(/[\s,]+/)
    .filter((pattern) => pattern !== '')
    .some((pattern) => {
      const prefix = pattern.replace(/:?\*$/, '')
      return pattern === '*' || module === prefix || (pattern.endsWith('*') && module.startsWith(`${prefix}:`))
    })
}
