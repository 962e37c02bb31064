import type { Actor } from '#backend/kernel/actor.ts'
import type { PostureCheck } from '#contracts/security.ts'

/** What other parts know of the actor's workspace; a part that is not there is not asked. */
export interface AccountFacts {
  /** Names of active owners and admins who sign in without a second factor. */
  withoutTwoFactor?(actor: Actor): Promise<readonly string[]>
  /** Names of keys in use that never expire. */
  keysWithoutExpiry?(actor: Actor): Promise<readonly string[]>
  /** Names of keys in use that were last used, or made and never used, before the instant. */
  keysUnusedSince?(actor: Actor, instant: Date): Promise<readonly string[]>
  /** The last verification of the audit trail. */
  auditVerified?(actor: Actor): Promise<{ valid: boolean; verifiedAt: string } | undefined>
}

const unusedDays = 90
const verifiedWithinDays = 31
const dayMs = 86_400_000

/** From accounts, keys and the audit trail. */
export async function checkAccounts(facts: AccountFacts, actor: Actor, now: Date): Promise<PostureCheck[]> {
  const checks: PostureCheck[] = []
  if (facts.withoutTwoFactor !== undefined) checks.push(twoFactor(await facts.withoutTwoFactor(actor)))
  if (facts.keysWithoutExpiry !== undefined) checks.push(endlessKeys(await facts.keysWithoutExpiry(actor)))
  if (facts.keysUnusedSince !== undefined) checks.push(unusedKeys(await facts.keysUnusedSince(actor, new Date(now.getTime() - unusedDays * dayMs))))
  if (facts.auditVerified !== undefined) checks.push(audit(await facts.auditVerified(actor), now))
  return checks
}

function twoFactor(names: readonly string[]): PostureCheck {
  const base = { id: 'two-factor', label: 'Second factor' }
  if (names.length === 0) return { ...base, state: 'good', detail: 'Every owner and admin signs in with a second factor.' }
  return { ...base, state: 'warning', detail: `Signing in with a password alone: ${listed(names)}. Ask them to turn on a second factor in their account.` }
}

function endlessKeys(names: readonly string[]): PostureCheck {
  const base = { id: 'keys-expiry', label: 'Keys that never expire' }
  if (names.length === 0) return { ...base, state: 'good', detail: 'Every API key has an end.' }
  return { ...base, state: 'warning', detail: `Without an end: ${listed(names)}. Make new ones with an end, and revoke these.` }
}

function unusedKeys(names: readonly string[]): PostureCheck {
  const base = { id: 'keys-unused', label: 'Keys that nobody uses' }
  if (names.length === 0) return { ...base, state: 'good', detail: `Every API key was used in the last ${unusedDays} days.` }
  return { ...base, state: 'warning', detail: `Not used for ${unusedDays} days: ${listed(names)}. Revoke what nobody needs.` }
}

function audit(verified: { valid: boolean; verifiedAt: string } | undefined, now: Date): PostureCheck {
  const base = { id: 'audit-chain', label: 'Audit trail' }
  if (verified === undefined)
    return { ...base, state: 'warning', detail: 'The chain was never verified. Verify it on this page, or with: npm run cli -- audit verify' }
  if (!verified.valid)
    return { ...base, state: 'bad', detail: `The chain was broken when it was verified at ${verified.verifiedAt}: somebody changed or removed entries.` }
  if (now.getTime() - Date.parse(verified.verifiedAt) > verifiedWithinDays * dayMs)
    return { ...base, state: 'warning', detail: `Last verified at ${verified.verifiedAt}. Verify it again.` }
  return { ...base, state: 'good', detail: `Verified at ${verified.verifiedAt}: nothing was changed or removed.` }
}

const mostListed = 5

function listed(names: readonly string[]): string {
  const rest = names.length - mostListed
  return rest > 0 ? `${names.slice(0, mostListed).join(', ')} and ${rest} more` : names.join(', ')
}
