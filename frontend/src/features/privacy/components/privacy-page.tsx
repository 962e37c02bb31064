import { CertificatesSection } from './certificates-section.tsx'
import { PersonSection } from './person-section.tsx'

/** What the workspace holds about somebody outside it: handed over, or erased. */
export function PrivacyPage() {
  return (
    <>
      <PersonSection />
      <CertificatesSection />
    </>
  )
}
