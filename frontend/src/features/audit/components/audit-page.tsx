import type { AuditSearch } from '../audit-search.ts'
import { AuditTrail } from './audit-trail.tsx'
import { VerifyChain } from './verify-chain.tsx'

/** Who did what, and the proof that nobody changed the record of it. */
export function AuditPage({ search, onSearch }: { search: AuditSearch; onSearch: (next: AuditSearch) => void }) {
  return (
    <>
      <VerifyChain />
      <AuditTrail search={search} onSearch={onSearch} />
    </>
  )
}
