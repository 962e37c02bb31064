import { connect, createServer, type Socket } from 'node:net'
import pg from 'pg'
import { afterEach, expect, inject, it } from 'vitest'
import { createSilenceWatch } from './silence-watch.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A way to the database on which nothing comes through while it is blocked, and no connection breaks. */
async function openWay(): Promise<{ connectionString: string; block(): void }> {
  const target = new URL(inject('applicationUrl'))
  const sockets: Socket[] = []
  let isBlocked = false
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    sockets.push(near, far)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => undefined).on('close', () => to.destroy())
      from.on('data', (piece) => {
        if (!isBlocked) to.write(piece)
      })
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const way = new URL(target)
  way.port = String(typeof address === 'object' ? address?.port : '')
  // The database's own socket would go round it.
  way.searchParams.delete('host')
  closing.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    connectionString: way.toString(),
    block() {
      isBlocked = true
    },
  }
}

async function openWatched() {
  const { connectionString, block } = await openWay()
  const pool = new pg.Pool({ connectionString, max: 1 })
  const client = await pool.connect()
  client.on('error', () => undefined)
  const watch = createSilenceWatch({ connectionString, patienceMs: 100, answerWithinMs: 1000 })
  const endWatch = watch.watch(client)
  closing.push(async () => {
    watch.close()
    endWatch()
    client.release(true)
    await pool.end()
  })
  return { client, block }
}

it('breaks a connection whose database has fallen silent', async () => {
  const { client, block } = await openWatched()
  block()
  await expect(client.query('select 1')).rejects.toThrow(/terminated/)
})

it('leaves a statement its time while the database answers others', async () => {
  const { client } = await openWatched()
  expect((await client.query<{ slept: string }>('select pg_sleep(3)::text as slept')).rowCount).toBe(1)
})
