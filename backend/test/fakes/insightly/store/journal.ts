import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '../json.ts'

/** What is written to disk before a write is answered. */
export interface Journal<Entry> {
  append(entry: Entry): void
  close(): void
}

/**
 * Opens `journal.jsonl` of a folder and hands over every entry it holds; a last line that a kill cut off was never answered
 * and is dropped. Throws when the folder belongs to other data.
 */
export function openJournal<Entry>(folder: string, owner: string, replay: (entry: Entry) => void): Journal<Entry> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'journal.jsonl')
  const isNew = !existsSync(path)
  if (!isNew) {
    const bytes = readFileSync(path)
    const end = bytes.lastIndexOf(10) + 1
    if (end < bytes.length) truncateSync(path, end)
    const [first, ...lines] = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1)
    if (first !== undefined && first !== owner) throw new Error(`${folder} holds changes to other data (${first}); choose another folder for ${owner}.`)
    for (const line of lines) replay(parseJson(line) as Entry)
  }
  const file = openSync(path, 'a')
  const write = (line: string) => {
    writeSync(file, `${line}\n`)
    fsyncSync(file)
  }
  if (isNew || readFileSync(path).length === 0) write(owner)
  return { append: (entry) => write(JSON.stringify(entry)), close: () => closeSync(file) }
}
