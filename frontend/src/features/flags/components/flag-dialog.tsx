import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type FeatureFlag, flagNameSchema } from '#contracts/deployment.ts'
import { Button } from '@/components/button.tsx'
import { Checkbox } from '@/components/checkbox.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { type CurrentSession, roleNames } from '@/lib/session.ts'
import { peopleQuery } from '../api/flags.ts'
import { ruleWords } from '../flag-words.ts'
import { useSwitchFlag } from './use-switch-flag.ts'

interface Props {
  /** Undefined makes a new one. */
  name: string | undefined
  flag: FeatureFlag | undefined
  taken: readonly string[]
  workspace: CurrentSession['workspace']
  onClose: () => void
}

/** For whom a flag is on: a share of people, and some by name whatever the share. */
export function FlagDialog({ name, flag, taken, workspace, onClose }: Props) {
  const { put, isPending } = useSwitchFlag()
  const people = useQuery(peopleQuery).data ?? []
  const [newName, setNewName] = useState('')
  const [share, setShare] = useState(String(flag?.percentage ?? 100))
  const [targets, setTargets] = useState<readonly string[]>(flag?.targets ?? [])
  const [problem, setProblem] = useState<{ field: 'name' | 'share'; message: string }>()
  const known = [
    { id: workspace.id, label: `Everybody in ${workspace.name}` },
    ...Object.entries(roleNames).map(([id, label]) => ({ id, label: `Everybody with the role ${label.toLowerCase()}` })),
    ...people.map((person) => ({ id: person.id, label: person.name })),
  ]
  // Somebody of another workspace, or who has left: kept until taken out.
  const others = (flag?.targets ?? []).filter((target) => !known.some(({ id }) => id === target)).map((id) => ({ id, label: id }))
  const toggle = (id: string, isOn: boolean) => setTargets(isOn ? [...targets, id] : targets.filter((target) => target !== id))
  const percentage = Number(share)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const parsed = flagNameSchema.safeParse(name ?? newName.trim())
    if (!parsed.success) return setProblem({ field: 'name', message: parsed.error.issues[0]?.message ?? 'Not a name.' })
    if (name === undefined && taken.includes(parsed.data)) return setProblem({ field: 'name', message: 'There is a flag of this name already.' })
    if (share.trim() === '' || !Number.isInteger(percentage) || percentage < 0 || percentage > 100)
      return setProblem({ field: 'share', message: 'A whole number from 0 to 100.' })
    setProblem(undefined)
    const rule = { enabled: true, percentage, targets: [...targets] }
    void put(parsed.data, rule, flag ?? null, `${parsed.data} is ${ruleWords(rule)}.`).then((isDone) => isDone && onClose())
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={name === undefined ? 'New flag' : `For whom ${name} is on`}>
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-col gap-3.5 overflow-y-auto p-4">
        {name === undefined && (
          <Labelled label="Name" htmlFor="flag-name" hint="As the release spells it." error={problem?.field === 'name' ? problem.message : undefined}>
            <Input id="flag-name" autoFocus className="font-mono" maxLength={60} value={newName} onChange={(event) => setNewName(event.target.value)} />
          </Labelled>
        )}
        <Labelled
          label="Share of people, in percent"
          htmlFor="flag-share"
          hint="The same people each time; a larger share only adds some."
          error={problem?.field === 'share' ? problem.message : undefined}
        >
          <Input
            id="flag-share"
            type="number"
            inputMode="numeric"
            min={0}
            max={100}
            className="figures w-28"
            value={share}
            onChange={(event) => setShare(event.target.value)}
          />
        </Labelled>
        <fieldset className="flex min-h-0 flex-col gap-1.5">
          <legend className="mb-1.5 text-sm text-soft">Also on for, whatever the share</legend>
          <div className="flex max-h-56 flex-col gap-2 overflow-y-auto rounded-control border px-3 py-2.5">
            {[...known, ...others].map(({ id, label }) => (
              <Checkbox key={id} label={label} checked={targets.includes(id)} onChange={(event) => toggle(id, event.target.checked)} />
            ))}
          </div>
        </fieldset>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={isPending}>
            Switch it on
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
