import { expect, it } from 'vitest'
import { questionLine, readMessageLine } from './transcript-lines.ts'

const id = '01890000-0000-7000-8000-000000000001'
const question = { id, text: 'Whose words?', createdAt: '2026-11-20T15:00:00.000Z', parentId: null }

it.each([undefined, 'mcp'])('a line tells who asked in the name of the person (%s)', (spokenFor) => {
  const read = readMessageLine(questionLine({ ...question, spokenFor }), id, null)
  expect(read).toMatchObject({ id, role: 'user', text: 'Whose words?' })
  expect(read.metadata).toEqual(spokenFor === undefined ? {} : { spokenFor })
})
