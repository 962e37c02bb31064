import { appendFileSync, mkdirSync } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { addMember, jsonOf } from '#backend/kernel/json-text.ts'
import { type TranscriptLine, transcriptLineSchema } from '#contracts/chat.ts'

/** One JSONL file a session, written line by line. The database has every message first, and the next start mends a file that power failure cut short. */
export interface Transcripts {
  append(sessionId: string, lines: readonly TranscriptLine[]): Promise<void>
  /** Lines that go with what is appended next, or by themselves when that takes its time. */
  appendSoon(sessionId: string, lines: readonly TranscriptLine[]): Promise<void>
  /** Writes the file anew, all or nothing. */
  replace(sessionId: string, lines: AsyncIterable<TranscriptLine>): Promise<void>
  /** Writes the file anew with its lines changed; false, with nothing written, when `change` gives back each line itself. */
  change(sessionId: string, change: (line: TranscriptLine) => TranscriptLine): Promise<boolean>
  /** False when there was none. */
  remove(sessionId: string): Promise<boolean>
  /** Ids of the messages that stand in the file, with `whole` false when a line is broken or the session's own line is missing. */
  inspect(sessionId: string): Promise<{ ids: Set<string>; whole: boolean }>
  /** Resolves when everything handed over so far is in its file. */
  settled(): Promise<void>
}

const soonMs = 100
/** A line that was on its way when its transcript was written anew comes within this time. */
const underwayMs = 60_000

interface Waiting {
  lines: TranscriptLine[]
  written: PromiseWithResolvers<void>
  timer: NodeJS.Timeout
}

export function createTranscripts(folder: string): Transcripts {
  const tails = new Map<string, Promise<void>>()
  const waiting = new Map<string, Waiting>()
  /** Messages in the transcripts that were written anew a moment ago: the database had them before their own lines came. */
  const rewritten = new Map<string, ReadonlySet<string>>()
  const pathOf = (sessionId: string) => join(folder, `${sessionId}.jsonl`)
  const draftOf = (sessionId: string) => `${pathOf(sessionId)}.new`

  // Lines of one session follow one another, whoever writes them.
  function enqueue(sessionId: string, work: () => Promise<void>): Promise<void> {
    const next = (tails.get(sessionId) ?? Promise.resolve()).then(work, work)
    tails.set(sessionId, next)
    const leave = () => {
      if (tails.get(sessionId) === next) tails.delete(sessionId)
    }
    next.then(leave, leave)
    return next
  }

  /** What waits for the session goes first. */
  function append(sessionId: string, lines: readonly TranscriptLine[]): Promise<void> {
    const before = waiting.get(sessionId)
    waiting.delete(sessionId)
    clearTimeout(before?.timer)
    const all = [...(before?.lines ?? []), ...lines]
    // A few hundred bytes into the system's memory: handing that to another thread and back three times costs fifteen times as much.
    const written = enqueue(sessionId, async () => {
      const there = rewritten.get(sessionId)
      const missing = there === undefined ? all : all.filter((line) => !there.has(messageId(line) ?? ''))
      if (missing.length > 0) appendNow(folder, pathOf(sessionId), missing.map(toText).join(''))
    })
    if (before !== undefined) written.then(before.written.resolve, before.written.reject)
    return written
  }

  /** Whoever handed the lines over is told how it went. */
  function hurry(sessionId: string): void {
    if (waiting.has(sessionId)) append(sessionId, []).catch(() => undefined)
  }

  async function write(sessionId: string, lines: AsyncIterable<TranscriptLine> | Iterable<TranscriptLine>): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const draft = draftOf(sessionId)
    const file = await open(draft, 'w', 0o600)
    const ids = new Set<string>()
    try {
      for await (const line of lines) {
        const id = messageId(line)
        if (id !== undefined) ids.add(id)
        await file.appendFile(toText(line))
      }
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(draft, pathOf(sessionId))
    rewritten.set(sessionId, ids)
    setTimeout(() => {
      if (rewritten.get(sessionId) === ids) rewritten.delete(sessionId)
    }, underwayMs).unref()
    await flushFolder(folder)
  }

  return {
    append: (sessionId, lines) => append(sessionId, lines),
    appendSoon(sessionId, lines) {
      const before = waiting.get(sessionId)
      if (before !== undefined) {
        before.lines.push(...lines)
        return before.written.promise
      }
      const timer = setTimeout(() => hurry(sessionId), soonMs)
      const written = Promise.withResolvers<void>()
      waiting.set(sessionId, { lines: [...lines], written, timer })
      return written.promise
    },
    replace(sessionId, lines) {
      hurry(sessionId)
      return enqueue(sessionId, () => write(sessionId, lines))
    },
    async change(sessionId, change) {
      hurry(sessionId)
      let isChanged = false
      await enqueue(sessionId, async () => {
        const lines: TranscriptLine[] = []
        // A line that cannot be read is left out, as the next repair would.
        for await (const { line } of readTranscript(pathOf(sessionId))) if (line !== undefined) lines.push(line)
        const changed = lines.map(change)
        isChanged = changed.some((line, index) => line !== lines[index])
        if (isChanged) await write(sessionId, changed)
      })
      return isChanged
    },
    async remove(sessionId) {
      hurry(sessionId)
      let wasThere = false
      await enqueue(sessionId, async () => {
        // A process that was killed while it wrote the file anew has left its draft.
        await rm(draftOf(sessionId), { force: true })
        wasThere = await removeFile(pathOf(sessionId))
      })
      return wasThere
    },
    async inspect(sessionId) {
      const ids = new Set<string>()
      let headed = false
      let whole = true
      for await (const { line } of readTranscript(pathOf(sessionId))) {
        if (line === undefined) whole = false
        else if (line.type === 'session') headed = true
        else if (typeof line.metadata.id === 'string') ids.add(line.metadata.id)
      }
      return { ids, whole: whole && headed }
    },
    async settled() {
      for (const sessionId of [...waiting.keys()]) hurry(sessionId)
      await Promise.allSettled(tails.values())
    },
  }
}

/** Undefined for the line of the session itself, which may come again. */
function messageId({ type, metadata }: TranscriptLine): string | undefined {
  return type !== 'session' && typeof metadata.id === 'string' ? metadata.id : undefined
}

function appendNow(folder: string, path: string, text: string): void {
  try {
    appendFileSync(path, text, { mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    appendFileSync(path, text, { mode: 0o600 })
  }
}

async function removeFile(path: string): Promise<boolean> {
  try {
    await rm(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return false
  }
}

/** The lines of a transcript with their numbers from 1; `line` is undefined where one cannot be read. A file that is not there has none. */
export async function* readTranscript(path: string): AsyncGenerator<{ number: number; line: TranscriptLine | undefined }> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (file === undefined) return
  let number = 0
  for await (const text of file.readLines({ encoding: 'utf8' })) {
    number += 1
    if (text !== '') yield { number, line: parseLine(text) }
  }
}

function parseLine(text: string): TranscriptLine | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return transcriptLineSchema.safeParse(value).data
}

/** JSON leaves the Unicode line separators as they are, and many readers of lines break there. */
export function toText({ metadata: { parts, ...metadata }, ...line }: TranscriptLine): string {
  // The parts of an answer stand in the database and in the reply as well.
  const described = parts === undefined ? JSON.stringify(metadata) : addMember(JSON.stringify(metadata), 'parts', jsonOf(parts))
  return `${addMember(JSON.stringify(line), 'metadata', described).replace(/[\u2028\u2029]/g, (separator) => (separator === '\u2028' ? '\\u2028' : '\\u2029'))}\n`
}

/** A new name in a folder is durable once the folder itself is flushed. */
async function flushFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined
  try {
    handle = await open(folder, 'r')
    await handle.sync()
  } catch (error) {
    // Windows cannot open a folder; there a rename is durable by itself.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM' && (error as NodeJS.ErrnoException).code !== 'EISDIR') throw error
  } finally {
    await handle?.close()
  }
}
