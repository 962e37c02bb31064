import { OneTimeSecret } from '@/components/one-time-secret.tsx'
import { Section } from '@/components/section.tsx'

/** The address to which Insightly's own workflows can say that something was changed. */
export function HookSection({ url }: { url: string }) {
  return (
    <Section
      title="Sooner than the next run"
      description="Insightly can say at once that a record was changed. It is then fetched within seconds instead of at the next run."
    >
      <div className="flex max-w-[560px] flex-col gap-3">
        <OneTimeSecret label="Address for Insightly’s webhook" value={url} />
        <ol className="list-decimal pl-5 text-sm text-soft [&>li]:mt-1">
          <li>
            In Insightly, open the system settings and make a workflow process that starts when a record is added or changed. Plans from Professional have them.
          </li>
          <li>Give it a webhook as its action, with this address and the method POST.</li>
          <li>Do so for each kind of record that should come sooner; the others come with the next run.</li>
        </ol>
        <p className="text-sm text-faint">The address works as a password: whoever knows it can ask for a record to be fetched, and nothing else.</p>
      </div>
    </Section>
  )
}
