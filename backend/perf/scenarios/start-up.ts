import { join } from 'node:path'
import type { Figure } from '../figures.ts'
import { startServer } from '../server-process.ts'

/** The first start ever with an empty data folder (which makes the database and loads the demo), then a later one. */
export async function measureStartUp(folder: string): Promise<Figure[]> {
  const variables = { DATA_DIR: join(folder, 'start-up'), DEMO_DATA: 'auto' }
  const first = await startServer(variables)
  await first.stop()
  const later: number[] = []
  for (let start = 0; start < 3; start++) {
    const server = await startServer(variables)
    later.push(server.startedInMs)
    await server.stop()
  }
  later.sort((a, b) => a - b)
  return [
    { name: 'first start to healthy', value: first.startedInMs / 1000, unit: 's', target: 6, note: 'empty data folder, demo loaded' },
    { name: 'later start to healthy', value: (later[1] as number) / 1000, unit: 's', target: 2.5, note: 'median of 3' },
  ]
}
