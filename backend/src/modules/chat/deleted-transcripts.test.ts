import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import { createTestWorkspace } from '../../../test/harness.ts'
import { answered, type ChatWorld, createChatWorld } from './chat.testing.ts'
import { restoreSession } from './restore-session.ts'

const request = { requestId: 'r' }

/** Two servers of one database, each with a folder of its own, that both have the transcripts of these conversations. */
async function twoServers(messages: readonly string[]) {
  const world = await createChatWorld((message) => answered(`re ${message}`))
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-elsewhere-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const other = world.elsewhere(folder)
  const ids: string[] = []
  for (const message of messages) ids.push((await world.chat.ask(world.actor, { message }, request)).sessionId)
  expect(await other.repairTranscripts([world.workspaceId])).toBe(messages.length)
  return { world, folder, other, ids }
}

const transcriptsIn = async (folder: string) => (await readdir(folder)).filter((name) => name.endsWith('.jsonl') || name.endsWith('.new')).sort()
const namesOf = (...ids: (string | undefined)[]) => ids.map((id) => `${id}.jsonl`).sort()
const noted = ({ gold, workspaceId }: ChatWorld) => gold('select session_id as id from deleted_sessions where workspace_id = $1', [workspaceId])

describe('a conversation that is deleted at one server', () => {
  it('leaves no transcript at another, nor the draft of one, and takes no other with it', async () => {
    const { world, folder, other, ids } = await twoServers(['a', 'b', 'c'])
    const [gone, alsoGone, kept] = ids as [string, string, string]
    await world.chat.sessions.delete(world.actor, gone)
    await world.gold('delete from chat_sessions where workspace_id = $1 and id = $2', [world.workspaceId, alsoGone])
    await writeFile(join(folder, `${gone}.jsonl.new`), '{"timestamp":"20')
    expect(await transcriptsIn(folder)).toEqual([...namesOf(...ids), `${gone}.jsonl.new`].sort())
    const stranger = await createTestWorkspace()
    expect(await other.removeDeletedTranscripts([stranger.workspaceId])).toBe(0)
    await rm(join(folder, '.deletions-followed-until'))
    expect(await other.removeDeletedTranscripts([stranger.workspaceId, world.workspaceId])).toBe(2)
    expect(await transcriptsIn(folder)).toEqual(namesOf(kept))
    // Where it was deleted by hand in the database, its own server follows as well.
    expect(await world.chat.removeDeletedTranscripts([world.workspaceId])).toBe(1)
    expect(await transcriptsIn(world.folder)).toEqual(namesOf(kept))
  })

  it('is looked for since the last look and an hour before that, in which an answer may still have been written', async () => {
    const { world, folder, other, ids } = await twoServers(['a', 'b'])
    const [gone, longGone] = ids as [string, string]
    const files = join(folder, 'files')
    await mkdir(files)
    for (const id of ids) await copyFile(join(folder, `${id}.jsonl`), join(files, id))
    for (const id of ids) await world.chat.sessions.delete(world.actor, id)
    expect(await other.removeDeletedTranscripts([world.workspaceId])).toBe(2)
    // Written again by an answer that had not ended.
    for (const id of ids) await copyFile(join(files, id), join(folder, `${id}.jsonl`))
    await world.gold(`update deleted_sessions set deleted_at = deleted_at - interval '2 hours' where workspace_id = $1 and session_id = $2`, [
      world.workspaceId,
      longGone,
    ])
    expect(await other.removeDeletedTranscripts([world.workspaceId])).toBe(1)
    expect(await transcriptsIn(folder)).toEqual(namesOf(longGone))
    await rm(join(folder, '.deletions-followed-until'))
    expect(await world.elsewhere(folder).removeDeletedTranscripts([world.workspaceId])).toBe(1)
    expect(await transcriptsIn(folder)).toEqual([])
    expect(gone).not.toBe(longGone)
  })

  it('keeps its transcript once it is brought back', async () => {
    const { world, folder, other, ids } = await twoServers(['a'])
    const [id = ''] = ids
    await world.chat.sessions.delete(world.actor, id)
    await restoreSession(world.database, world.actor, join(folder, `${id}.jsonl`))
    expect(await noted(world)).toEqual([{ id }])
    expect(await other.removeDeletedTranscripts([world.workspaceId])).toBe(0)
    expect(await transcriptsIn(folder)).toEqual(namesOf(id))
    await world.chat.sessions.delete(world.actor, id)
    expect(await other.removeDeletedTranscripts([world.workspaceId])).toBe(1)
  })

  it('may be one of somebody who is no admin, and what is noted is nothing that people read or change', async () => {
    const { world, other, folder } = await twoServers([])
    const rep = await world.member('rep')
    const { sessionId } = await world.chat.ask(rep, { message: 'mine' }, request)
    await other.repairTranscripts([world.workspaceId])
    await world.chat.sessions.delete(rep, sessionId)
    expect(await other.removeDeletedTranscripts([world.workspaceId])).toBe(1)
    expect(await transcriptsIn(folder)).toEqual([])
    const attempt = (statement: ReturnType<typeof sql>) => world.database.transaction(rep, (tx) => tx.query(statement))
    await expect(attempt(sql`select * from deleted_sessions`)).rejects.toMatchObject({ code: '42501' })
    await expect(attempt(sql`delete from deleted_sessions`)).rejects.toMatchObject({ code: '42501' })
  })

  it('says so when it cannot be looked for, and looks again', async () => {
    const { world, folder, other, ids } = await twoServers(['a'])
    await world.chat.sessions.delete(world.actor, ids[0] as string)
    await rm(join(folder, `${ids[0]}.jsonl`))
    await mkdir(join(folder, `${ids[0]}.jsonl`))
    expect(await other.removeDeletedTranscripts([world.workspaceId])).toBe(0)
    expect(world.logLines().map(({ msg }) => msg)).toContain('Transcripts of deleted conversations could not be looked for')
    await rm(join(folder, `${ids[0]}.jsonl`), { recursive: true })
    await writeFile(join(folder, `${ids[0]}.jsonl`), '')
    expect(await other.removeDeletedTranscripts([world.workspaceId])).toBe(1)
  })
})
