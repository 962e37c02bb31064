import { requestContext } from '#backend/kernel/request-context.ts'
import type { SignInGuard } from '../limits/sign-in-guard.ts'

export type GuessOutcome = 'failed' | 'succeeded' | 'released'

/**
 * Lets somebody try a password or a code, and says afterwards how it went; an attempt that ends in an error says nothing.
 * @throws AppError RATE_LIMITED, with nothing tried, after too many wrong ones
 */
export async function guess<T>(guard: SignInGuard, email: string, attempt: () => Promise<T>, judge: (result: T) => GuessOutcome): Promise<T> {
  const ip = requestContext().ip ?? ''
  await guard.check(email, ip)
  let outcome: GuessOutcome = 'released'
  try {
    const result = await attempt()
    outcome = judge(result)
    return result
  } finally {
    await guard[outcome](email, ip)
  }
}
