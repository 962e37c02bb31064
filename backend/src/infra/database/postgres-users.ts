import { type ChildProcess, spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'

/**
 * A shell that waits for our end of its pipe to close, which the kernel does even after kill -9; then it gives our lease
 * back and, when nobody else holds one, stops the database.
 */
export function startWatchdog(leases: string, data: string): ChildProcess {
  const script = `
    read -r _
    rm -f "$1/$2"
    for lease in "$1"/*; do
      pid=\${lease##*/}
      [ "$pid" = '*' ] && continue
      if kill -0 "$pid" 2>/dev/null; then exit 0; fi
      rm -f "$lease"
    done
    read -r postmaster < "$3/postmaster.pid" || exit 0
    # Of a database that was killed the number may be somebody else's by now.
    [ ! -r "/proc/$postmaster/cmdline" ] || grep -aq postgres "/proc/$postmaster/cmdline" || exit 0
    kill -INT "$postmaster" 2>/dev/null || exit 0
    # On a full disk the last checkpoint may never end; what was committed is in the log and comes back with the next start.
    ( tries=0
      while [ "$tries" -lt 30 ] && kill -0 "$postmaster" 2>/dev/null; do sleep 0.5; tries=$((tries + 1)); done
      kill -QUIT "$postmaster" 2>/dev/null ) &
    exit 0`
  const child = spawn('sh', ['-c', script, 'chatsg-watchdog', leases, String(process.pid), data], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  child.unref()
  ;(child.stdin as unknown as { unref?: () => void } | null)?.unref?.()
  return child
}

/** Processes of ours, besides this one, that use the database. */
export async function otherUsers(leases: string): Promise<number[]> {
  const names = await readdir(leases).catch(() => [])
  return names.map(Number).filter((pid) => pid !== process.pid && isAlive(pid))
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
