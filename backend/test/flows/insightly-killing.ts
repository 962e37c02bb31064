import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeFolder, type ServerProcess, scratchFolder } from '../server-process.ts'
import { createFakeProcess, type FakeProcess } from './insightly-fake.ts'
import { postmaster, startMirror } from './insightly-installation.ts'

export const victims = ['server', 'database', 'insightly'] as const
export type Victim = (typeof victims)[number]

/** A server that mirrors an Insightly of its own, each of which can be killed and is started again. */
export interface Installation {
  folder: string
  fake: FakeProcess
  server: ServerProcess
  kill(victim: Victim): Promise<void>
}

export interface Killing {
  install(options: { records: number; limit: { requests: number; windowMs: number }; delayMs: number }): Promise<Installation>
  /** A whole number below this one; the same ones for the same seed. */
  upTo(most: number): number
  /** Each of the three once, in another order. */
  order(): Victim[]
  cleanUp(): Promise<void>
}

export function createKilling(): Killing {
  let seed = Number(process.env.CHATSG_KILL_SEED ?? 20_261_122)
  const cleanUps: (() => Promise<unknown>)[] = []
  const upTo = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * most)
  }
  return {
    upTo,
    order: () => [...victims].sort(() => upTo(3) - 1),
    async install({ records, limit, delayMs }) {
      const folder = await scratchFolder()
      cleanUps.push(() => removeFolder(folder))
      const fake = await createFakeProcess(join(folder, 'insightly'), { records })
      cleanUps.push(() => fake.kill())
      // So that there is always something on its way when something is killed.
      await fake.always({ kind: 'delay', method: 'GET', delayMs, probability: 1 })
      const start = async () => {
        const env = { CRM_RATE_LIMIT_MAX_REQUESTS: String(limit.requests), CRM_RATE_LIMIT_WINDOW_MS: String(limit.windowMs) }
        const server = await startMirror(folder, fake, env)
        cleanUps.push(() => server.stop('SIGKILL'))
        return server
      }
      const installation: Installation = {
        folder,
        fake,
        server: await start(),
        async kill(victim) {
          if (victim === 'server') {
            await installation.server.stop('SIGKILL')
            installation.server = await start()
          } else if (victim === 'database') process.kill((await postmaster(folder)).pid, 'SIGKILL')
          else {
            await fake.kill()
            await sleep(upTo(1500))
            await fake.start()
          }
        },
      }
      return installation
    },
    async cleanUp() {
      for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
    },
  }
}
