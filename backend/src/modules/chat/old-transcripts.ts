import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isUuid } from '#backend/kernel/ids.ts'

const pageSize = 500

/** Sessions with a file in the folder that nobody has written to since, some at a time. */
export async function* listOldTranscripts(folder: string, before: Date): AsyncGenerator<readonly string[]> {
  const files = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  let page: string[] = []
  for await (const { name } of files ?? []) {
    const id = name.slice(0, -'.jsonl'.length)
    if (!name.endsWith('.jsonl') || !isUuid(id)) continue
    const found = await stat(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      // Somebody has just deleted the session.
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (found === undefined || found.mtime >= before) continue
    page.push(id)
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
