import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { freePort } from '../../server-process.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

it('says in JSON where it is, and ends when told', async () => {
  const port = await freePort()
  const fake = spawn(process.execPath, [main, '--port', String(port), '--key', 'k', '--records', '5', '--json'])
  const [line] = (await once(fake.stdout, 'data')) as [Buffer]
  const origin = `http://127.0.0.1:${port}`
  expect(JSON.parse(line.toString())).toEqual({ url: `${origin}/v3.1`, testersSide: `${origin}/_fake`, contacts: 5 })
  expect((await fetch(`${origin}/v3.1/Contacts`, { headers: { authorization: `Basic ${btoa('k:')}` } })).status).toBe(200)
  fake.kill('SIGTERM')
  expect(await once(fake, 'exit')).toEqual([0, null])
})

it('says in JSON what is wrong', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--rate', 'fast', '--json'], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([1, ''])
  expect(JSON.parse(stdout)).toEqual({ error: '--rate is calls/milliseconds, for example 10/1000, and not "fast".' })
})
