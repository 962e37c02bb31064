import { expect, it } from 'vitest'
import type { Proposal } from '#contracts/approvals.ts'
import { standingSentence } from './proposal-words.ts'

const told = (...statuses: Proposal['status'][]) => standingSentence(statuses.map((status) => ({ status })))

it('says what waits, what is done and what could not be', () => {
  expect(told('pending')).toBe('It waits for your approval.')
  expect(told('pending', 'pending')).toBe('These 2 changes wait for your approval.')
  expect(told('approved')).toBe('It is done: a policy allows it without asking.')
  expect(told('approved', 'approved', 'pending')).toBe('These 2 changes are done: a policy allows them without asking. One change waits for your approval.')
  expect(told('failed')).toBe('It could not be done; below it says why.')
  expect(told('approved', 'failed', 'failed')).toBe('It is done: a policy allows it without asking. 2 changes could not be done; below they say why.')
})

it('says it in German too', () => {
  expect(standingSentence([{ status: 'pending' }], 'de')).toBe('Das wartet auf Ihre Freigabe.')
  expect(standingSentence([{ status: 'approved' }, { status: 'pending' }], 'de')).toBe(
    'Das ist erledigt: Eine Regel erlaubt es ohne Rückfrage. Eine Änderung wartet auf Ihre Freigabe.',
  )
})
