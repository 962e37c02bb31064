import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Config } from '#backend/config/index.ts'
import { advisoryLocks } from './advisory-locks.ts'
import { announceSecrets, refuseOtherKey, refuseOtherSessions, sharedSecretsOf } from './shared-secrets.ts'

export interface FolderClaim {
  release(): Promise<void>
}

const retryMs = 1000

/**
 * Claims the data folder for one server by a lock of a database session, so that it ends with its process however that ends; beside it stands
 * with which secrets the server works. A claim that is lost with the database is taken anew when that is back.
 * @throws Error when another server holds it, or others of the same database have other secrets
 */
export async function claimFolder(adminUrl: string, config: Config, onLost: (error: Error) => void): Promise<FolderClaim> {
  let isReleased = false
  let client = await take()

  async function take(): Promise<pg.Client> {
    const taking = new pg.Client({ connectionString: adminUrl, application_name: 'chatsg server lock', keepAlive: true })
    let isHeld = false
    taking.on('error', (error) => {
      if (!isReleased && isHeld) onLost(error)
    })
    taking.on('end', () => {
      if (!isReleased && isHeld) void takeAnew()
    })
    await taking.connect()
    try {
      await hold(taking, config)
      isHeld = true
      return taking
    } catch (error) {
      await taking.end()
      throw error
    }
  }

  async function takeAnew(): Promise<void> {
    let said = ''
    while (!isReleased) {
      try {
        client = await take()
        if (isReleased) await client.end()
        return
      } catch (error) {
        const { message } = error as Error
        if (message !== said) onLost(new Error(`The claim on the data folder was lost and cannot be taken anew yet: ${message}`, { cause: error }))
        said = message
      }
      await sleep(retryMs, undefined, { ref: false })
    }
  }

  return {
    async release() {
      isReleased = true
      await client.end()
    },
  }
}

async function hold(client: pg.Client, config: Config): Promise<void> {
  const { dataDir } = config.application
  const key = createHash('sha256')
    .update(`${hostname()}:${realpathSync(dataDir)}`)
    .digest()
    .readBigInt64BE(0)
  const { rows } = await client.query('select pg_try_advisory_lock($1) as locked', [key.toString()])
  if (!rows[0].locked) throw new Error(`Another ChatSG server already uses the data folder ${dataDir}; stop it first, or set DATA_DIR to another folder.`)
  const secrets = sharedSecretsOf(config)
  if (secrets === undefined) return
  await client.query('select pg_advisory_lock($1)', [advisoryLocks.serverStart])
  await refuseOtherKey(client, secrets)
  await refuseOtherSessions(client, secrets)
  await announceSecrets(client, secrets)
  await client.query('select pg_advisory_unlock($1)', [advisoryLocks.serverStart])
}
