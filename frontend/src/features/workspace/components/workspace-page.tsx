import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { type WorkspaceSettings, workspaceSettingsSchema } from '#contracts/workspace.ts'
import { Button } from '@/components/button.tsx'
import { Input, Labelled, Select } from '@/components/input.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { useChangeWorkspaceSettings, workspaceSettingsQuery } from '../api/workspace-settings.ts'

const months = Array.from({ length: 12 }, (_, index) => new Date(Date.UTC(2000, index)).toLocaleString('en', { month: 'long', timeZone: 'UTC' }))

function SettingsForm({ settings }: { settings: WorkspaceSettings }) {
  const [month, setMonth] = useState(String(settings.fiscalYearStartMonth))
  const [days, setDays] = useState(String(settings.stalledDays))
  const change = useChangeWorkspaceSettings()
  const ids = { month: useId(), days: useId() }
  const parsed = workspaceSettingsSchema.safeParse({ fiscalYearStartMonth: Number(month), stalledDays: days.trim() === '' ? Number.NaN : Number(days) })
  const changed = Number(month) !== settings.fiscalYearStartMonth || Number(days) !== settings.stalledDays
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (parsed.success)
      change.mutate(parsed.data, { onSuccess: () => announce('Saved. Answers and reports count like this from now on.'), onError: announceError })
  }
  return (
    <form onSubmit={save} className="flex max-w-80 flex-col gap-4" noValidate>
      <Labelled label="Fiscal year starts in" htmlFor={ids.month} hint="“This fiscal year” and “last fiscal quarter” in questions mean these months.">
        <Select id={ids.month} value={month} onChange={(event) => setMonth(event.target.value)}>
          {months.map((name, index) => (
            <option key={name} value={index + 1}>
              {name}
            </option>
          ))}
        </Select>
      </Labelled>
      <Labelled
        label="A deal is stalled after, in days"
        htmlFor={ids.days}
        hint="Open deals that have stayed in their stage for longer are called stalled, in answers and in the pipeline report."
        error={parsed.success ? undefined : 'Write a whole number of days from 1 to 3,650.'}
      >
        <Input id={ids.days} inputMode="numeric" value={days} aria-invalid={!parsed.success} onChange={(event) => setDays(event.target.value)} />
      </Labelled>
      <Button type="submit" look="primary" className="self-start" disabled={!changed || !parsed.success || change.isPending}>
        Save
      </Button>
    </form>
  )
}

/** How the workspace counts its years and its stalled deals. */
export function WorkspacePage() {
  const { data, error, isPending, refetch } = useQuery(workspaceSettingsQuery)
  return (
    <Section title="How figures are counted" description="For everybody in the workspace.">
      {isPending && <SkeletonRows rows={3} />}
      {error !== null && <ErrorState compact error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <SettingsForm settings={data} />}
    </Section>
  )
}
