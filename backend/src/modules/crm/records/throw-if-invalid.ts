import { AppError, type ErrorDetail } from '#backend/kernel/errors.ts'

/** @throws AppError VALIDATION naming everything that is wrong */
export function throwIfInvalid(errors: readonly ErrorDetail[]): void {
  if (errors.length > 0)
    throw new AppError('VALIDATION', errors.length === 1 ? (errors[0]?.message as string) : `${errors.length} fields are not right.`, { details: errors })
}
