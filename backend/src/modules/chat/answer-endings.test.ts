import { describe, expect, it } from 'vitest'
import { AppError } from '#backend/kernel/errors.ts'
import { tooDear } from '#backend/modules/crm/index.ts'
import { failureSentence } from './answer-endings.ts'

describe('what a person is told about a failure', () => {
  const dear = new AppError('VALIDATION', 'This question would take too long.', { details: [{ field: 'query', message: tooDear }] })

  it('is the message of an error that has one for people', () => {
    expect(failureSentence(dear)).toBe('This question would take too long.')
    expect(failureSentence(dear, 'de')).toMatch(/^Diese Frage würde .* zu lange dauern; es wurde nichts gelesen\. Bitte eingrenzen/)
    expect(failureSentence(new AppError('UNAVAILABLE', 'x'), 'de')).toMatch(/^Das hat zu lange gedauert/)
    expect(failureSentence(new AppError('VALIDATION', 'Das betrifft zu viele.'), 'de')).toBe('Das betrifft zu viele.')
  })

  it('is German where the question was, whoever refused what it asked for', () => {
    const german = (...error: ConstructorParameters<typeof AppError>) => failureSentence(new AppError(...error), 'de')
    expect(german('FORBIDDEN', 'Your role (viewer) does not allow this.')).toBe('Ihre Rolle (Leser) erlaubt das nicht; es wurde nichts geändert.')
    expect(german('UNAVAILABLE', 'Safe mode is on (SAFE_MODE), so agents only read.')).toMatch(/^Der abgesicherte Modus \(SAFE_MODE\) ist an/)
    const taken = { details: [{ field: 'email', message: 'is taken' }] }
    expect(german('CONFLICT', 'Another contact has it.', taken)).toBe(
      'Das geht so nicht, und es wurde nichts geändert. Der Grund auf Englisch: Another contact has it.',
    )
  })

  it('keeps an unknown one to the log', () => {
    expect(failureSentence(new Error('secret'))).toBe('Something went wrong while this was being answered. Your question is kept; ask again.')
    expect(failureSentence(new Error('secret'), 'de')).toBe('Beim Beantworten ist etwas schiefgegangen. Die Frage ist gespeichert; bitte noch einmal stellen.')
  })
})
