import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export interface RotationOptions {
  /** Files of the log, which may be written by several processes. */
  paths: readonly string[]
  /** Has every process that writes open the files anew. */
  reopen: () => void
  now: () => Date
  /** Bytes from which a file is moved aside. */
  maxBytes?: number
  /** Files kept beside each, the newest. */
  keep?: number
}

const defaultBytes = 50 * 1024 * 1024
const defaultKeep = 30
const lookEveryMs = 10_000

/**
 * Moves log files aside by size and by day (UTC), as `application.log.2026-11-22.1`. Lines on their way go into the file that was moved, so none is lost.
 */
export function createLogRotation({ paths, reopen, now, maxBytes = defaultBytes, keep = defaultKeep }: RotationOptions) {
  let timer: NodeJS.Timeout | undefined

  function isDue(path: string): boolean {
    if (!existsSync(path)) return false
    const { size, mtime, birthtime } = statSync(path)
    if (size === 0) return false
    const began = birthtime.getTime() > 0 && birthtime < mtime ? birthtime : mtime
    return size >= maxBytes || dayOf(began) < dayOf(now())
  }

  function moveAside(path: string): void {
    const { birthtime, mtime } = statSync(path)
    const day = dayOf(birthtime.getTime() > 0 && birthtime < mtime ? birthtime : mtime)
    let number = 1
    while (existsSync(`${path}.${day}.${number}`)) number += 1
    renameSync(path, `${path}.${day}.${number}`)
    const rotated = readdirSync(dirname(path))
      .filter((name) => name.startsWith(`${basename(path)}.`) && /\.\d{4}-\d\d-\d\d\.\d+$/.test(name))
      .map((name) => ({ name, at: statSync(join(dirname(path), name)).mtimeMs }))
      .sort((left, right) => right.at - left.at)
    for (const { name } of rotated.slice(keep)) rmSync(join(dirname(path), name), { force: true })
  }

  /** @returns the files that were moved aside */
  function look(): string[] {
    const due = paths.filter(isDue)
    for (const path of due) moveAside(path)
    if (due.length > 0) reopen()
    return due
  }

  return {
    look,
    start(onError: (error: unknown) => void) {
      timer ??= setInterval(() => {
        try {
          look()
        } catch (error) {
          onError(error)
        }
      }, lookEveryMs).unref()
    },
    stop: () => clearInterval(timer),
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
