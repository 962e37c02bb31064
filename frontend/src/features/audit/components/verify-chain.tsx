import { CircleCheck, CircleX } from 'lucide-react'
import type { AuditVerification } from '#contracts/security.ts'
import { Button } from '@/components/button.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState } from '@/components/states.tsx'
import { countOf, formatInstant, formatNumber } from '@/lib/format.ts'
import { useVerifyAudit } from '../api/audit.ts'

function Result({ result }: { result: AuditVerification }) {
  const Icon = result.valid ? CircleCheck : CircleX
  return (
    <div role="status" className="flex items-start gap-2.5 rounded-panel border px-3 py-2.5 text-sm">
      <Icon aria-hidden className={`mt-px size-4 shrink-0 ${result.valid ? 'text-success' : 'text-danger'}`} />
      <div className="min-w-0 flex-1">
        {result.valid ? (
          <p>
            The chain is whole: {countOf(result.entries, 'entry', 'entries')}
            {result.retired > 0 && `, and ${formatNumber(result.retired)} older ones removed by retention that it still starts from`}.
          </p>
        ) : (
          <p>
            The chain is broken{result.firstBroken !== null && ` at entry ${formatNumber(result.firstBroken.sequence)}: ${result.firstBroken.reason}`}. Entries
            before it are proved. Compare with the audit log file and your backups, and find out who can write to the database.
          </p>
        )}
        <p className="mt-0.5 text-xs text-faint">
          Checked {formatInstant(result.verifiedAt)}
          {result.head !== null && (
            <>
              {' · head '}
              <span className="font-mono wrap-anywhere" title={result.head}>
                {result.head.slice(0, 16)}…
              </span>
            </>
          )}
        </p>
      </div>
    </div>
  )
}

export function VerifyChain() {
  const verify = useVerifyAudit()
  return (
    <Section
      title="Proof"
      description="Each entry carries the SHA-256 of the one before it, so an entry that is changed, removed or moved breaks the chain where anybody can see it."
      action={
        <Button disabled={verify.isPending} onClick={() => verify.mutate()}>
          {verify.isPending ? 'Verifying…' : 'Verify the chain'}
        </Button>
      }
    >
      {verify.isError && <ErrorState compact error={verify.error} />}
      {verify.data !== undefined && <Result result={verify.data} />}
    </Section>
  )
}
