import type { CurrentSession } from '@/lib/session.ts'
import { HiddenFieldsSection } from './hidden-fields-section.tsx'
import { InvitationsSection } from './invitations-section.tsx'
import { PeopleSection } from './people-section.tsx'
import { TeamsSection } from './teams-section.tsx'

/** Who works here, who is asked to, and in which teams. */
export function PeoplePage({ me }: { me: CurrentSession['user'] }) {
  return (
    <>
      <PeopleSection me={me} />
      <InvitationsSection />
      <TeamsSection />
      <HiddenFieldsSection />
    </>
  )
}
