import { describe, expect, it } from 'vitest'
import { sql } from './database.ts'
import { toStatementText } from './statement-text.ts'

describe('the text of a statement', () => {
  it('numbers parameters in reading order through everything nested in it', () => {
    const inner = sql`b = ${2} and ${sql.identifier('odd"name')} = ${null}`
    const statement = sql`select ${true} from t where a = ${'x'} and (${inner})${sql.raw(' limit 1')} offset ${sql.param([1, 2])}`
    expect(toStatementText(statement)).toEqual({
      text: 'select $1 from t where a = $2 and (b = $3 and "odd""name" = $4) limit 1 offset $5',
      params: [true, 'x', 2, null, [1, 2]],
    })
  })

  it('writes a list of texts as the database reads one', () => {
    const texts = ['a', '', 'null', 'say "x"', 'back\\slash', 'line\nbreak', '{b}', 'ü']
    expect(toStatementText(sql`select ${sql.param(texts)}::text[]`).params).toEqual(['{"a","","null","say \\"x\\"","back\\\\slash","line\nbreak","{b}","ü"}'])
  })

  it('joins, and leaves out what is not there', () => {
    expect(toStatementText(sql`select 1 ${undefined} where ${sql.join([sql`a = ${1}`, sql`b = ${2}`], sql` or `)}`)).toEqual({
      text: 'select 1  where a = $1 or b = $2',
      params: [1, 2],
    })
  })

  it('leaves a list to the library', () => {
    expect(toStatementText(sql`select ${0} where a in ${['x', 'y']} and b = ${'z'}`)).toEqual({
      text: 'select $1 where a in ($2, $3) and b = $4',
      params: [0, 'x', 'y', 'z'],
    })
  })
})
