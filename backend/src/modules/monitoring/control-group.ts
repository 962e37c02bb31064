import { readFileSync } from 'node:fs'

/** Where the kernel tells of control groups; another folder in tests. */
export interface ControlGroupPlaces {
  own: string
  root: string
}

const usualPlaces: ControlGroupPlaces = { own: '/proc/self/cgroup', root: '/sys/fs/cgroup' }

/**
 * Bytes that the control group of this process occupies, other processes in it such as workers and the embedded PostgreSQL included, without
 * what the kernel would give back at once; undefined where there is no such group.
 */
export function readGroupBytes({ own, root }: ControlGroupPlaces = usualPlaces): number | undefined {
  const groups =
    read(own)
      ?.split('\n')
      .map((line) => line.split(':')) ?? []
  const unified = groups.find(([id]) => id === '0')?.[2]
  const memory = groups.find(([, controllers]) => controllers?.split(',').includes('memory'))?.[2]
  return (
    (unified === undefined ? undefined : bytesOf(`${root}${unified}`, 'memory.current', 'inactive_file')) ??
    (memory === undefined ? undefined : bytesOf(`${root}/memory${memory}`, 'memory.usage_in_bytes', 'total_inactive_file')) ??
    // A container often sees its own group as the root.
    bytesOf(root, 'memory.current', 'inactive_file')
  )
}

function bytesOf(folder: string, usage: string, idle: string): number | undefined {
  const used = Number(read(`${folder}/${usage}`) ?? Number.NaN)
  if (!Number.isFinite(used)) return undefined
  const unused = new RegExp(`^${idle} (\\d+)$`, 'm').exec(read(`${folder}/memory.stat`) ?? '')?.[1] ?? '0'
  return Math.max(0, used - Number(unused))
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
