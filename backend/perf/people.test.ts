import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { removeFolder, scratchFolder } from '../test/server-process.ts'
import { addPeople } from './people.ts'

const name = `people_${newId().replaceAll('-', '')}`
const url = Object.assign(new URL(inject('adminUrl')), { pathname: `/${name}` }).toString()
let folder: string

async function asAdmin<R extends object>(connectionString: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<R>(text)).rows
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  folder = await scratchFolder()
  await asAdmin(inject('adminUrl'), `create database ${name}`)
})
afterAll(async () => {
  await asAdmin(inject('adminUrl'), `drop database ${name} with (force)`)
  await removeFolder(folder)
})

it('people of a folder that is kept are there once, and each run has keys of its own', { timeout: 60_000 }, async () => {
  const variables = { DATABASE_URL: url, DATA_DIR: folder, ENCRYPTION_KEY: 'e'.repeat(40), LOG_LEVEL: 'fatal' }
  const keys = [...(await addPeople(variables, 3)), ...(await addPeople(variables, 5))]
  expect(new Set(keys).size).toBe(8)
  const people = await asAdmin(
    url,
    `select u.email, count(k.id)::int as keys from chatsg.users u join chatsg.api_keys k on k.user_id = u.id group by u.email order by u.email`,
  )
  expect(people).toEqual([2, 2, 2, 1, 1].map((count, index) => ({ email: `person${index}@example.com`, keys: count })))
})
