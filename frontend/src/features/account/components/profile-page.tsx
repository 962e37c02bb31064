import type { CurrentSession } from '@/lib/session.ts'
import { PasswordSection } from './password-section.tsx'
import { ProfileSection } from './profile-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { TwoFactorSection } from './two-factor-section.tsx'

/** One's own name, password, second factor and sign-ins. */
export function ProfilePage({ session }: { session: CurrentSession }) {
  const hasPassword = session.account?.hasPassword === true
  return (
    <>
      <ProfileSection key={`${session.user.name}${session.user.email}`} user={session.user} hasPassword={hasPassword} />
      <PasswordSection hasPassword={hasPassword} hasEmail={session.user.email !== null} />
      <TwoFactorSection on={session.account?.twoFactorEnabled === true} hasPassword={hasPassword} />
      <SessionsSection />
    </>
  )
}
