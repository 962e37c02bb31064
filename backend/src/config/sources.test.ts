import { describe, expect, it } from 'vitest'
import { mergeSources } from './sources.ts'

describe('mergeSources', () => {
  it('lets the first source win that sets a variable', () => {
    expect(mergeSources([{ PORT: '1' }, { PORT: '2', HOST: 'b' }, { HOST: 'c', LOG_LEVEL: 'warn' }])).toEqual({ PORT: '1', HOST: 'b', LOG_LEVEL: 'warn' })
  })

  it('looks past empty values', () => {
    expect(mergeSources([{ PORT: '' }, { PORT: ' ' }, { PORT: '3' }])).toEqual({ PORT: '3' })
  })

  it('lets an alias or a file of a nearer source win over the name in a farther one', () => {
    expect(mergeSources([{ SUPABASE_DB_URL: 'near' }, { DATABASE_URL: 'far' }])).toEqual({ SUPABASE_DB_URL: 'near' })
    expect(mergeSources([{ CSRF_SECRET_FILE: '/near' }, { CSRF_SECRET: 'far' }])).toEqual({ CSRF_SECRET_FILE: '/near' })
  })

  it('keeps nothing that is no variable of ours', () => {
    expect(mergeSources([{ PATH: '/bin', PORT_FILE: '/x' }])).toEqual({})
  })
})
