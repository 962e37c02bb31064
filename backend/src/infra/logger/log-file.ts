import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import pino from 'pino'
import { makeFolder } from '#backend/config/index.ts'

/** For its owner, and for the group that collects logs; also of the file that follows a rotated one. */
const logFileMode = 0o640

export type LogFile = ReturnType<typeof pino.destination>

/**
 * A file that log lines are appended to; a line is handed to the system before the call returns, so a kill loses none.
 * @throws Error with one sentence for people when the file cannot be written
 */
export function openLogFile(path: string): LogFile {
  requireWritable(path)
  const file = pino.destination({ dest: path, sync: true, append: true, mode: logFileMode })
  let failing = false
  file.on('error', (error: NodeJS.ErrnoException) => {
    // A disk that is full must not stop the server; standard error hears of it once.
    if (!failing) process.stderr.write(`The log file ${path} cannot be written (${error.code ?? error.message}).\n`)
    failing = true
  })
  file.on('drain', () => {
    failing = false
  })
  return file
}

/** Makes the file where it is missing. @throws Error with one sentence for people when it cannot be written */
export function requireWritable(path: string): void {
  try {
    makeFolder(dirname(path))
    closeSync(openSync(path, 'a', logFileMode))
  } catch (error) {
    throw new Error(`The log file ${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`, { cause: error })
  }
}
