import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { currencyCodes, timeZoneNames, type WorkspaceSettings, workspaceSettingsSchema } from '#contracts/workspace.ts'
import { Button } from '@/components/button.tsx'
import { Input, Labelled, Select } from '@/components/input.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { useChangeWorkspaceSettings, workspaceSettingsQuery } from '../api/workspace-settings.ts'

const months = Array.from({ length: 12 }, (_, index) => new Date(Date.UTC(2000, index)).toLocaleString('en', { month: 'long', timeZone: 'UTC' }))

const figures = workspaceSettingsSchema.pick({ fiscalYearStartMonth: true, stalledDays: true })
const currencies = [...currencyCodes]
const zones = [...timeZoneNames]
const nameOfCurrency = new Intl.DisplayNames('en', { type: 'currency' })

/** What the workspace is called, and what is meant where nobody says it. */
function IdentityForm({ settings }: { settings: WorkspaceSettings }) {
  const [name, setName] = useState(settings.name)
  const [currency, setCurrency] = useState(settings.currency)
  const [timeZone, setTimeZone] = useState(settings.timeZone)
  const change = useChangeWorkspaceSettings()
  const ids = { name: useId(), currency: useId(), zone: useId() }
  const next = { name: name.trim(), currency, timeZone }
  const changed = next.name !== settings.name || currency !== settings.currency || timeZone !== settings.timeZone
  const save = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(next, { onSuccess: () => announce('Saved.'), onError: announceError })
  }
  return (
    <form onSubmit={save} className="flex max-w-80 flex-col gap-4">
      <Labelled label="Name" htmlFor={ids.name} hint="Stands above the navigation and in invitations.">
        <Input id={ids.name} required maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
      </Labelled>
      <Labelled label="Currency" htmlFor={ids.currency} hint="Of amounts that are written without one. Those there are stay as they are.">
        <Select id={ids.currency} value={currency} onChange={(event) => setCurrency(event.target.value)}>
          {withOwn(currencies, settings.currency).map((code) => (
            <option key={code} value={code}>
              {code} – {nameOfCurrency.of(code)}
            </option>
          ))}
        </Select>
      </Labelled>
      <Labelled label="Time zone" htmlFor={ids.zone} hint="Of schedules and reports. In answers, your own clock decides what a day is.">
        <Select id={ids.zone} value={timeZone} onChange={(event) => setTimeZone(event.target.value)}>
          {withOwn(zones, settings.timeZone).map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </Select>
      </Labelled>
      <Button type="submit" look="primary" className="self-start" disabled={!changed || next.name === '' || change.isPending}>
        Save
      </Button>
    </form>
  )
}

/** What was set in another way stays to be chosen. */
const withOwn = (all: readonly string[], own: string): readonly string[] => (all.includes(own) ? all : [own, ...all])

function SettingsForm({ settings }: { settings: WorkspaceSettings }) {
  const [month, setMonth] = useState(String(settings.fiscalYearStartMonth))
  const [days, setDays] = useState(String(settings.stalledDays))
  const change = useChangeWorkspaceSettings()
  const ids = { month: useId(), days: useId() }
  const parsed = figures.safeParse({ fiscalYearStartMonth: Number(month), stalledDays: days.trim() === '' ? Number.NaN : Number(days) })
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

/** What the workspace is called, and how it counts its years and its stalled deals. */
export function WorkspacePage() {
  const { data, error, isPending, refetch } = useQuery(workspaceSettingsQuery)
  if (error !== null) return <ErrorState compact error={error} onRetry={() => void refetch()} />
  if (isPending) return <SkeletonRows rows={6} />
  return (
    <>
      <Section title="Workspace" description="For everybody who works in it.">
        <IdentityForm settings={data} />
      </Section>
      <Section title="How figures are counted" description="For everybody in the workspace.">
        <SettingsForm settings={data} />
      </Section>
    </>
  )
}
