import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ErasureCertificate } from '#contracts/security.ts'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { countOf } from '@/lib/format.ts'
import { certificatesQuery } from '../api/privacy.ts'
import { CertificateSheet } from './certificate-sheet.tsx'

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0)

function columnsFor(onOpen: (certificate: ErasureCertificate) => void): ListColumn<ErasureCertificate>[] {
  return [
    {
      key: 'subject',
      label: 'Person',
      phone: 'heading',
      className: 'w-full max-w-0 truncate',
      cell: (certificate) => (
        <button type="button" className="max-w-full truncate align-bottom underline-offset-2 hover:underline" onClick={() => onOpen(certificate)}>
          {certificate.subject}
        </button>
      ),
    },
    { key: 'erased', label: 'Erased', className: 'whitespace-nowrap', cell: (certificate) => countOf(sum(certificate.erased), 'item') },
    { key: 'anonymised', label: 'Made anonymous', className: 'whitespace-nowrap', cell: (certificate) => countOf(sum(certificate.anonymised), 'item') },
    { key: 'by', label: 'By', className: 'whitespace-nowrap', cell: (certificate) => certificate.requestedBy },
    { key: 'at', label: 'Time', phone: 'side', className: 'whitespace-nowrap text-faint', cell: (certificate) => <RelativeTime at={certificate.erasedAt} /> },
  ]
}

/** The proof of each erasure: what went, what stayed and why. */
export function CertificatesSection() {
  const certificates = useQuery(certificatesQuery)
  const [chosen, setChosen] = useState<ErasureCertificate | null>(null)
  return (
    <Section title="Certificates" description="One for each erasure: what went, what stays and why. The person's address is masked in it.">
      {certificates.isPending ? (
        <SkeletonRows rows={2} className="rounded-panel border" />
      ) : certificates.isError ? (
        <ErrorState compact error={certificates.error} onRetry={() => certificates.refetch()} />
      ) : certificates.data.length === 0 ? (
        <EmptyLine>Nobody has been erased.</EmptyLine>
      ) : (
        <ListTable
          caption="Certificates"
          columns={columnsFor(setChosen)}
          rows={certificates.data}
          rowKey={(certificate) => certificate.id}
          onOpen={setChosen}
        />
      )}
      <CertificateSheet certificate={chosen} onClose={() => setChosen(null)} />
    </Section>
  )
}
