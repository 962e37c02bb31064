import { expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { createSyncService } from './sync.service.ts'

it('never sends the key of the server to an address that somebody typed', async () => {
  const { database, actor, workspaceId } = await createTestWorkspace()
  const opened: string[] = []
  const connections = {
    async open(url: string) {
      opened.push(url)
      throw new Error('nothing is called in this test')
    },
  }
  const sync = createSyncService({
    database,
    operations: createTestOperations(database).operations,
    secrets: {} as never,
    connections: connections as never,
    clock: createClock(),
    homeWorkspaceId: workspaceId,
    appUrl: 'http://127.0.0.1:3000',
    safeMode: false,
    apiKey: 'the-key-of-the-server',
    apiUrl: 'https://api.na1.insightly.com/v3.1',
    maxRequests: 10,
    windowMs: 1000,
    intervalMs: 300_000,
    wake: () => undefined,
  })
  const typed = { url: 'https://collector.example/v3.1' }
  await expect(sync.test(actor, typed)).rejects.toMatchObject({ code: 'VALIDATION', details: [{ field: 'key' }] })
  await expect(sync.connect(actor, typed)).rejects.toMatchObject({ code: 'VALIDATION', details: [{ field: 'key' }] })
  expect(opened).toEqual([])
  await expect(sync.test(actor, {})).rejects.toThrow('nothing is called')
  expect(opened).toEqual(['https://api.na1.insightly.com/v3.1'])
})
