import { open } from 'node:fs/promises'
import { hashOfLine, linkOf, noHash } from './chain-line.ts'

export interface ChainFileCheck {
  path: string
  valid: boolean
  lines: number
  first: number | null
  last: number | null
  /** Line numbers count from 1. */
  firstBroken: { line: number; sequence: number | null; reason: string } | null
}

/**
 * Checks an audit log file line by line, and its ends against the database, so that a file rewritten throughout is found too.
 * @param hashAt hash of the entry with a sequence; undefined when the database does not have it
 */
export async function checkChainFile(path: string, hashAt: (sequence: number) => Promise<string | undefined>): Promise<ChainFileCheck> {
  const file = await open(path, 'r')
  let number = 0
  let first: number | null = null
  let previous: { sequence: number; hash: string } | undefined
  const broken = (reason: string, sequence: number | null): ChainFileCheck => ({
    path,
    valid: false,
    lines: number,
    first,
    last: previous?.sequence ?? null,
    firstBroken: { line: number, sequence, reason },
  })
  try {
    for await (const line of file.readLines({ encoding: 'utf8' })) {
      number += 1
      const link = linkOf(line)
      if (link === undefined) return broken('It is not a whole line of the audit trail.', null)
      const { sequence, previousHash } = link
      if (previous === undefined) {
        first = sequence
        const known = sequence === 1 ? noHash : await hashAt(sequence - 1)
        if (known !== undefined && known !== previousHash) return broken('It does not continue what the database has before it.', sequence)
      } else {
        if (sequence !== previous.sequence + 1)
          return broken(`It has the sequence ${sequence} where ${previous.sequence + 1} belongs: lines were removed, added or put in another order.`, sequence)
        if (previousHash !== previous.hash) {
          const known = await hashAt(previous.sequence)
          if (known === previousHash) {
            number -= 1
            return broken('Its text was altered.', previous.sequence)
          }
          return broken('It does not continue the line before it: one of the two was altered.', sequence)
        }
      }
      previous = { sequence, hash: hashOfLine(line) }
    }
  } finally {
    await file.close()
  }
  if (previous !== undefined) {
    const known = await hashAt(previous.sequence)
    if (known !== undefined && known !== previous.hash)
      return broken('It is not the line that the database has there: the file was written anew.', previous.sequence)
  }
  return { path, valid: true, lines: number, first, last: previous?.sequence ?? null, firstBroken: null }
}
