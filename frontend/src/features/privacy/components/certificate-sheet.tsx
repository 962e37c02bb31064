import { Download } from 'lucide-react'
import type { ErasureCertificate } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { Sheet } from '@/components/dialog.tsx'
import { Facts } from '@/components/facts.tsx'
import { downloadText } from '@/lib/download.ts'
import { formatInstant, formatNumber } from '@/lib/format.ts'
import { useNarrow } from '@/lib/use-media.ts'

const worded = (kind: string): string => {
  const words = kind.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function Counts({ title, counts }: { title: string; counts: Readonly<Record<string, number>> }) {
  const entries = Object.entries(counts).filter(([, count]) => count > 0)
  if (entries.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="mb-2 text-sm font-medium">{title}</h3>
      <Facts
        facts={entries.map(
          ([kind, count]) =>
            [
              worded(kind),
              <span key={kind} className="figures">
                {formatNumber(count)}
              </span>,
            ] as const,
        )}
      />
    </section>
  )
}

export function CertificateSheet({ certificate, onClose }: { certificate: ErasureCertificate | null; onClose: () => void }) {
  const narrow = useNarrow()
  return (
    <Sheet open={certificate !== null} onOpenChange={(next) => !next && onClose()} title="Certificate of erasure" side={narrow ? 'bottom' : 'right'}>
      {certificate !== null && (
        <div className="flex flex-col gap-5 p-4">
          <Facts
            facts={[
              ['Person', certificate.subject],
              ['Erased', formatInstant(certificate.erasedAt)],
              ['By', certificate.requestedBy],
              [
                'SHA-256',
                <span key="hash" className="font-mono text-xs wrap-anywhere">
                  {certificate.sha256}
                </span>,
              ],
            ]}
          />
          <Counts title="Erased" counts={certificate.erased} />
          <Counts title="Made anonymous" counts={certificate.anonymised} />
          {certificate.kept.length > 0 && (
            <section aria-label="Kept">
              <h3 className="mb-2 text-sm font-medium">Kept</h3>
              <ul className="flex flex-col gap-2 text-sm">
                {certificate.kept.map(({ what, why }) => (
                  <li key={what}>
                    {what} <span className="block text-faint">{why}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Button
            className="self-start"
            onClick={() => downloadText(`erasure-${certificate.id}.json`, JSON.stringify(certificate, null, 2), 'application/json')}
          >
            <Download aria-hidden className="size-3.5" /> Download
          </Button>
        </div>
      )}
    </Sheet>
  )
}
