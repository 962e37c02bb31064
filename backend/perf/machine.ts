import { execFile } from 'node:child_process'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** What the figures of a run depend on beside the product. */
export interface Machine {
  cores: number
  processor: string
  memoryMb: number
  node: string
}

const root = fileURLToPath(new URL('../../', import.meta.url))

export function readMachine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryMb: Math.round(totalmem() / 1024 / 1024),
    node: process.versions.node,
  }
}

/** Processes that ran or waited for a processor, on average of the last minute. */
export function readLoad(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100
}

/** The commit of the checkout, with a `+` where files differ from it; undefined where there is none. */
export async function readCommit(): Promise<string | undefined> {
  const git = async (...args: string[]) => (await promisify(execFile)('git', args, { cwd: root })).stdout.trim()
  try {
    const commit = await git('rev-parse', '--short', 'HEAD')
    return (await git('status', '--porcelain', '--untracked-files=no')) === '' ? commit : `${commit}+`
  } catch {
    // A release without its history, or no git.
    return undefined
  }
}
