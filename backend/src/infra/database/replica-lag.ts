/** A place in the log of a PostgreSQL, as a number that grows. */
export function toLogPosition(lsn: string): bigint {
  const [high, low] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

interface Seen {
  position: bigint
  at: number
}

const mostKept = 512

/** How long a replica has lacked something the primary had: clocks of two machines, and a primary that writes nothing, do not matter to it. */
export function createLagMeter() {
  // Positions of the primary that the replica has not reached, oldest first.
  let ahead: Seen[] = []
  return {
    /** @param at milliseconds of this process's own clock, also below */
    sawPrimary(position: bigint, at: number): void {
      if (ahead.at(-1)?.position !== position) ahead.push({ position, at })
      // Of a long absence the beginning counts.
      if (ahead.length > mostKept) ahead = ahead.filter((_, index) => index % 2 === 0)
    },
    /** Milliseconds that the replica is behind, having reached that position. */
    lagMs(reached: bigint, now: number): number {
      ahead = ahead.filter(({ position }) => position > reached)
      const [oldest] = ahead
      return oldest === undefined ? 0 : now - oldest.at
    },
  }
}
