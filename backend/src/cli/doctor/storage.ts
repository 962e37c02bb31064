import { existsSync } from 'node:fs'
import { access, constants, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describeBytes, type Finding, ok, problem, warning } from './finding.ts'

const littleSpace = 2e9
const noSpace = 200e6

/** The folder itself, or the nearest one above it that is there. */
function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path))
}

export async function checkDataFolder(dataDir: string): Promise<Finding> {
  const folder = nearestFolder(dataDir)
  try {
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    return problem(
      'data folder',
      `${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
      'Give this user the folder, or set DATA_DIR to another.',
    )
  }
  return ok('data folder', folder === dataDir ? `${dataDir} can be written` : `${dataDir} is made at the first start`)
}

export async function checkDisk(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearestFolder(dataDir))
  const free = bavail * bsize
  const found = `${describeBytes(free)} free for ${dataDir}`
  if (free < noSpace) return problem('disk', found, 'Free some space, or set DATA_DIR to a folder on a larger disk.')
  if (free < littleSpace) return warning('disk', found, 'A large import or backup may not fit.')
  return ok('disk', found)
}
