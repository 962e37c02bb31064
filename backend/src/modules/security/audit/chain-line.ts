import { createHash } from 'node:crypto'

/** What the first line of a chain stands on. */
export const noHash = '0'.repeat(64)

const ending = /,"sequence":(\d{1,15}),"previousHash":"([0-9a-f]{64})"\}$/

export function hashOfLine(line: string): string {
  return createHash('sha256').update(line, 'utf8').digest('hex')
}

/** Place and foundation of a line; undefined when it is not a line of the chain. */
export function linkOf(line: string): { sequence: number; previousHash: string } | undefined {
  const [, sequence, previousHash] = ending.exec(line) ?? []
  return sequence === undefined || previousHash === undefined ? undefined : { sequence: Number(sequence), previousHash }
}

export function sequenceOf(line: string): number | undefined {
  return linkOf(line)?.sequence
}
