import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createEventReader } from './event-reader.ts'

function open(gatherMs = 0) {
  const body = new PassThrough()
  return { body, reader: createEventReader(body, { gatherMs }) }
}

it('tells events however they were cut, with lines of Windows, comments and several lines', async () => {
  const { body, reader } = open()
  const bytes = Buffer.from(': hello\r\n\r\nevent: x\r\ndata: {"a":"ü"}\r\n\r\ndata:one\ndata: two\n\ndata: cut')
  for (const byte of bytes) body.write(Buffer.of(byte))
  body.end()
  const events: string[] = []
  for (let some = await reader.next(false); some !== undefined; some = await reader.next(false)) events.push(...some)
  // What no blank line ended is no event.
  expect(events).toEqual(['{"a":"ü"}', 'one\ntwo'])
})

it('tells the first at once, and those that follow closely together', async () => {
  const { body, reader } = open(60_000)
  body.write('data: 1\n\n')
  expect(await reader.next(false)).toEqual(['1'])
  const next = reader.next(true)
  body.write('data: 2\n\n')
  body.write('data: 3\n\n')
  body.end()
  // The end is not waited for any longer.
  expect(await next).toEqual(['2', '3'])
  expect(await reader.next(true)).toBeUndefined()
})

it('tells what came before a connection was lost, then that it was', async () => {
  const { body, reader } = open(60_000)
  body.write('data: 1\n\n')
  expect(await reader.next(true)).toEqual(['1'])
  const next = reader.next(true)
  body.write('data: 2\n\n')
  setImmediate(() => body.destroy(new Error('socket hang up')))
  expect(await next).toEqual(['2'])
  await expect(reader.next(true)).rejects.toThrow('socket hang up')
})

it('has its sender wait when nobody reads', async () => {
  const { body, reader } = open()
  const event = `data: ${'x'.repeat(64 * 1024)}\n\n`
  let written = 0
  while (written < 100 && body.write(event)) written += 1
  for (let tick = 0; tick < 100; tick++) {
    await new Promise(setImmediate)
    if (!body.writableNeedDrain && written < 100) {
      body.write(event)
      written += 1
    }
  }
  expect(written).toBeLessThan(20)
  expect((await reader.next(false))?.length).toBeGreaterThan(2)
})
