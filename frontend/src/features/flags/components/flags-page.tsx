import { useQuery } from '@tanstack/react-query'
import { Flag, Plus } from 'lucide-react'
import { useState } from 'react'
import type { FeatureFlag } from '#contracts/deployment.ts'
import { Button } from '@/components/button.tsx'
import { Fetched } from '@/components/fetched.tsx'
import { Section } from '@/components/section.tsx'
import { EmptyState } from '@/components/states.tsx'
import { deploymentQuery } from '@/lib/deployment.ts'
import type { CurrentSession } from '@/lib/session.ts'
import { FlagDialog } from './flag-dialog.tsx'
import { FlagEntry } from './flag-entry.tsx'
import { FlagHistory } from './flag-history.tsx'

/** Features of a release that are switched while it runs. */
export function FlagsPage({ workspace }: { workspace: CurrentSession['workspace'] }) {
  const deployment = useQuery(deploymentQuery)
  const [editing, setEditing] = useState<{ name: string; flag: FeatureFlag } | 'new' | null>(null)
  return (
    <>
      <Section
        title="Flags"
        description="Features that are switched while ChatSG runs: for everybody, for a share of people, or for some by name. A flag does something only where a release asks for its name."
        action={
          <Button onClick={() => setEditing('new')}>
            <Plus aria-hidden className="size-3.5" /> New flag
          </Button>
        }
      >
        <Fetched query={deployment} rows={3}>
          {({ flags, flagRules }) => {
            const names = Object.keys(flagRules).sort()
            if (names.length === 0)
              return (
                <EmptyState icon={Flag} title="There are no flags">
                  The notes of a release name those it knows. They stand in FEATURE_FLAGS of the configuration, or are made here.
                </EmptyState>
              )
            return (
              <ul aria-label="Flags" className="divide-y divide-line rounded-panel border">
                {names.map((name) => {
                  const flag = flagRules[name]
                  return flag === undefined ? null : (
                    <li key={name}>
                      <FlagEntry name={name} flag={flag} isOnForMe={flags[name] === true} onEdit={() => setEditing({ name, flag })} />
                    </li>
                  )
                })}
              </ul>
            )
          }}
        </Fetched>
      </Section>
      <FlagHistory />
      {editing !== null && (
        <FlagDialog
          name={editing === 'new' ? undefined : editing.name}
          flag={editing === 'new' ? undefined : editing.flag}
          taken={Object.keys(deployment.data?.flagRules ?? {})}
          workspace={workspace}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  )
}
