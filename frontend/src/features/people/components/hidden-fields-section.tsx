import { useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { type EntityName, entities } from '#contracts/entities.ts'
import { type HiddenField, hidableEntities, isReckonedWith, type RestrictableRole, restrictableRoles, whyNotHidden } from '#contracts/hidden-fields.ts'
import { Button, IconButton } from '@/components/button.tsx'
import { Checkbox } from '@/components/checkbox.tsx'
import { Labelled, Select } from '@/components/input.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { hiddenFieldsQuery, useChangeHiddenFields } from '@/lib/hidden-fields.ts'
import { roleNames } from '@/lib/session.ts'
import { customFieldsOfAllQuery } from '../api/people.ts'

const roleWords: Readonly<Record<RestrictableRole, string>> = { manager: 'managers', rep: 'reps', viewer: 'viewers' }
const kindOf = (entity: EntityName) => entities[entity].labelPlural.toLowerCase()

/** The fields of a kind of record that can be hidden, by what they are called. */
function useHidable(entity: EntityName): { key: string; label: string }[] {
  const { data: custom = [] } = useQuery(customFieldsOfAllQuery)
  const own = Object.entries(entities[entity].fields).map(([key, { label }]) => ({ key, label }))
  return [
    ...own.filter(({ key }) => whyNotHidden(entity, key) === undefined),
    ...custom.filter((field) => field.entity === entity).map(({ key, label }) => ({ key: `custom.${key}`, label })),
  ]
}

function AddField({ onAdd, busy }: { onAdd: (field: HiddenField, label: string) => void; busy: boolean }) {
  const [entity, setEntity] = useState<EntityName>('contacts')
  const [chosen, setChosen] = useState('')
  const [roles, setRoles] = useState<readonly RestrictableRole[]>(['rep', 'viewer'])
  const choices = useHidable(entity)
  const field = choices.find(({ key }) => key === chosen) ?? choices[0]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (field !== undefined) onAdd({ entity, field: field.key, roles: [...roles] }, field.label)
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-x-3 gap-y-2">
      <Labelled label="Kind of record" htmlFor="hidden-entity">
        <Select
          id="hidden-entity"
          className="w-44"
          value={entity}
          onChange={(event) => setEntity(hidableEntities.find((one) => one === event.target.value) ?? 'contacts')}
        >
          {hidableEntities.map((one) => (
            <option key={one} value={one}>
              {entities[one].labelPlural}
            </option>
          ))}
        </Select>
      </Labelled>
      <Labelled label="Field" htmlFor="hidden-field">
        <Select id="hidden-field" className="w-52" value={field?.key ?? ''} onChange={(event) => setChosen(event.target.value)}>
          {choices.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </Select>
      </Labelled>
      <fieldset className="flex h-8 items-center gap-3">
        <legend className="sr-only">Hidden from</legend>
        {restrictableRoles.map((role) => (
          <Checkbox
            key={role}
            label={`${roleNames[role]}s`}
            checked={roles.includes(role)}
            onChange={(event) => setRoles(restrictableRoles.filter((one) => (one === role ? event.target.checked : roles.includes(one))))}
          />
        ))}
      </fieldset>
      <Button type="submit" disabled={busy || field === undefined || roles.length === 0}>
        Hide
      </Button>
    </form>
  )
}

const isSame = (a: HiddenField, b: HiddenField) => a.entity === b.entity && a.field === b.field
const rolesInWords = ({ roles }: HiddenField) => new Intl.ListFormat('en-GB').format(roles.map((role) => roleWords[role]))

/** Which fields which roles do not see. */
export function HiddenFieldsSection() {
  const settings = useQuery(hiddenFieldsQuery)
  const { data: custom = [] } = useQuery(customFieldsOfAllQuery)
  const change = useChangeHiddenFields()
  const client = useQueryClient()
  const listed = () => client.getQueryData(hiddenFieldsQuery.queryKey)?.fields ?? []
  const put = (fields: HiddenField[]) => change.mutateAsync({ fields })
  const hide = (field: HiddenField, label: string) =>
    put([...listed().filter((one) => !isSame(one, field)), field]).then(
      () => announce(`${label} of ${kindOf(field.entity)} is hidden from ${rolesInWords(field)}.`),
      announceError,
    )
  const showAgain = (field: HiddenField, label: string) => {
    const shown = listed().filter((one) => isReckonedWith(one, field))
    // What was hidden or shown in the meantime stays so.
    const undo = () => put([...listed().filter((one) => !shown.some((other) => isSame(one, other))), ...shown]).catch(announceError)
    put(listed().filter((one) => !isReckonedWith(one, field))).then(
      () => announce(`${label} of ${kindOf(field.entity)} is shown to everybody again.`, { label: 'Undo', run: undo }),
      announceError,
    )
  }
  const labelOf = ({ entity, field }: HiddenField) =>
    entities[entity].fields[field]?.label ?? custom.find((own) => own.entity === entity && `custom.${own.key}` === field)?.label ?? field
  return (
    <Section
      title="Hidden fields"
      description="Whoever has a role does not get these fields in any way: not on pages, in answers, searches, files or through other programs, and cannot write them. Amounts that can be reckoned from each other are hidden together."
    >
      {settings.isPending ? (
        <SkeletonRows rows={2} className="rounded-panel border" />
      ) : settings.isError ? (
        <ErrorState compact error={settings.error} onRetry={() => settings.refetch()} />
      ) : (
        <div className="flex flex-col gap-4">
          {settings.data.fields.length > 0 && (
            <ul aria-label="Hidden fields" className="divide-y divide-line rounded-panel border">
              {settings.data.fields.map((field) => (
                <li key={`${field.entity}.${field.field}`} className="flex items-center gap-2 py-1 pr-1.5 pl-3.5 text-sm">
                  <span className="min-w-0 flex-1 truncate">
                    {labelOf(field)} <span className="text-faint">of {kindOf(field.entity)}</span>
                  </span>
                  <span className="text-faint">from {rolesInWords(field)}</span>
                  <IconButton
                    small
                    label={`Show again: ${labelOf(field)} of ${kindOf(field.entity)}`}
                    disabled={change.isPending}
                    onClick={() => showAgain(field, labelOf(field))}
                  >
                    <X className="size-3.5" />
                  </IconButton>
                </li>
              ))}
            </ul>
          )}
          <AddField busy={change.isPending} onAdd={hide} />
        </div>
      )}
    </Section>
  )
}
