import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { ConfidentialSettings } from '#contracts/confidential.ts'
import { entities } from '#contracts/entities.ts'
import { Button, IconButton } from '@/components/button.tsx'
import { SavedCheckbox } from '@/components/checkbox.tsx'
import { Labelled, Select } from '@/components/input.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { type PageEntity, pageEntities } from '@/lib/record-links.ts'
import { confidentialQuery, useChangeConfidential } from '../api/confidential.ts'

type Field = ConfidentialSettings['fields'][number]

const fieldLabel = ({ entity, field }: Field): string => entities[entity].fields[field]?.label ?? field

function AddField({ marked, onAdd }: { marked: readonly Field[]; onAdd: (field: Field) => void }) {
  const [entity, setEntity] = useState<PageEntity>('contacts')
  const choices = Object.entries(entities[entity].fields).filter(
    ([key, field]) => field.type !== 'id' && !marked.some((one) => one.entity === entity && one.field === key),
  )
  const [chosen, setChosen] = useState('')
  const field = choices.some(([key]) => key === chosen) ? chosen : (choices[0]?.[0] ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (field !== '') onAdd({ entity, field })
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <Labelled label="Kind of record" htmlFor="confidential-entity">
        <Select
          id="confidential-entity"
          className="w-44"
          value={entity}
          onChange={(event) => setEntity(pageEntities.find((one) => one === event.target.value) ?? 'contacts')}
        >
          {pageEntities.map((one) => (
            <option key={one} value={one}>
              {entities[one].labelPlural}
            </option>
          ))}
        </Select>
      </Labelled>
      <Labelled label="Field" htmlFor="confidential-field">
        <Select id="confidential-field" className="w-52" value={field} onChange={(event) => setChosen(event.target.value)}>
          {choices.map(([key, { label }]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </Select>
      </Labelled>
      <Button type="submit" disabled={field === ''}>
        Keep from models
      </Button>
    </form>
  )
}

/** Which fields no language model is shown. */
export function ConfidentialSection() {
  const settings = useQuery(confidentialQuery)
  const change = useChangeConfidential()
  const save = (next: ConfidentialSettings, done: string) => change.mutate(next, { onError: announceError, onSuccess: () => announce(done) })
  return (
    <Section
      title="Confidential"
      description="What is marked here stands in no prompt, whoever asks. Answers that need no model still show it to people who may see it."
    >
      {settings.isPending ? (
        <SkeletonRows rows={2} className="rounded-panel border" />
      ) : settings.isError ? (
        <ErrorState compact error={settings.error} onRetry={() => settings.refetch()} />
      ) : (
        <div className="flex flex-col gap-4">
          <SavedCheckbox
            label="Replace names, addresses and phone numbers"
            hint="A model sees placeholders instead of people; they are put back in its answer."
            checked={settings.data.maskPeople}
            // Both are saved as one, so that neither may start from what the other is about to change.
            disabled={change.isPending && change.variables.maskPeople === settings.data.maskPeople}
            onSave={(maskPeople) =>
              change
                .mutateAsync({ ...settings.data, maskPeople })
                .then(() => announce(maskPeople ? 'People are replaced from now on.' : 'People are shown to models again.'), announceError)
            }
          />
          {settings.data.fields.length > 0 && (
            <ul aria-label="Confidential fields" className="divide-y divide-line rounded-panel border">
              {settings.data.fields.map((field) => (
                <li key={`${field.entity}.${field.field}`} className="flex items-center gap-2 py-1 pr-1.5 pl-3.5 text-sm">
                  <span className="min-w-0 flex-1 truncate">
                    {fieldLabel(field)} <span className="text-faint">of {entities[field.entity].labelPlural.toLowerCase()}</span>
                  </span>
                  <IconButton
                    small
                    label={`Show to models again: ${fieldLabel(field)} of ${entities[field.entity].labelPlural.toLowerCase()}`}
                    disabled={change.isPending}
                    onClick={() =>
                      save(
                        { ...settings.data, fields: settings.data.fields.filter((one) => one !== field) },
                        `${fieldLabel(field)} may stand in prompts again.`,
                      )
                    }
                  >
                    <X className="size-3.5" />
                  </IconButton>
                </li>
              ))}
            </ul>
          )}
          <AddField
            marked={settings.data.fields}
            onAdd={(field) => save({ ...settings.data, fields: [...settings.data.fields, field] }, `${fieldLabel(field)} stands in no prompt from now on.`)}
          />
        </div>
      )}
    </Section>
  )
}
