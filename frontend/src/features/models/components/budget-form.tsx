import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { type ModelBudgets, type ModelBudgetsChange, modelBudgetsChangeSchema } from '#contracts/models.ts'
import { Button, IconButton } from '@/components/button.tsx'
import { Input, Labelled, Select } from '@/components/input.tsx'
import { ErrorState, Skeleton } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { budgetsQuery, spendersQuery, useChangeBudgets } from '../api/models.ts'
import { usdWords } from '../usd.ts'

function Form({ budgets }: { budgets: ModelBudgets }) {
  const change = useChangeBudgets()
  const people = useQuery(spendersQuery)
  const [workspace, setWorkspace] = useState(budgets.workspaceUsdPerDay ?? '')
  const [person, setPerson] = useState(budgets.personUsdPerDay ?? '')
  const [userId, setUserId] = useState('')
  const [own, setOwn] = useState('')
  const [problem, setProblem] = useState<string>()
  const send = (next: ModelBudgetsChange, done: string, after: () => void = () => undefined) => {
    const checked = modelBudgetsChangeSchema.safeParse(next)
    setProblem(checked.error?.issues[0]?.message)
    if (!checked.success) return
    change.mutate(checked.data, {
      onSuccess: () => {
        announce(done)
        after()
      },
    })
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    send({ workspaceUsdPerDay: workspace.trim() || null, personUsdPerDay: person.trim() || null }, 'The budgets hold from now on.')
  }
  const add = (event: FormEvent) => {
    event.preventDefault()
    send({ people: [{ userId, usdPerDay: own.trim() }] }, 'The budget holds from now on.', () => {
      setUserId('')
      setOwn('')
    })
  }
  return (
    <div className="flex flex-col gap-4 rounded-panel border p-3.5">
      <form onSubmit={save} className="flex flex-wrap items-end gap-3">
        <Labelled label="Workspace, USD a day" htmlFor="budget-workspace">
          <Input
            id="budget-workspace"
            className="w-40"
            inputMode="decimal"
            placeholder="no limit"
            value={workspace}
            onChange={(event) => setWorkspace(event.target.value)}
          />
        </Labelled>
        <Labelled label="Each person, USD a day" htmlFor="budget-person">
          <Input
            id="budget-person"
            className="w-40"
            inputMode="decimal"
            placeholder="no limit"
            value={person}
            onChange={(event) => setPerson(event.target.value)}
          />
        </Labelled>
        <Button type="submit" disabled={change.isPending}>
          Save budgets
        </Button>
      </form>
      {budgets.people.length > 0 && (
        <ul aria-label="Budgets of single people" className="divide-y divide-line border-t">
          {budgets.people.map(({ userId: id, name, usdPerDay }) => (
            <li key={id} className="flex items-center gap-2 py-1 text-sm">
              <span className="min-w-0 flex-1 truncate">{name ?? 'Somebody who left'}</span>
              <span className="figures text-soft">{usdWords(usdPerDay)} a day</span>
              <IconButton
                small
                label={`Remove the budget of ${name ?? 'somebody who left'}`}
                disabled={change.isPending}
                onClick={() => send({ people: [{ userId: id, usdPerDay: null }] }, 'The budget of each person holds again.')}
              >
                <X className="size-3.5" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} className="flex flex-wrap items-end gap-3 border-t pt-3">
        <Labelled label="Another budget for" htmlFor="budget-user">
          <Select id="budget-user" className="w-52" value={userId} onChange={(event) => setUserId(event.target.value)}>
            <option value="">Choose a person</option>
            {people.data?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Labelled>
        <Labelled label="USD a day" htmlFor="budget-own">
          <Input id="budget-own" className="w-28" inputMode="decimal" value={own} onChange={(event) => setOwn(event.target.value)} />
        </Labelled>
        <Button type="submit" disabled={change.isPending || userId === '' || own.trim() === ''}>
          Set
        </Button>
      </form>
      {problem !== undefined && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      {change.isError && <ErrorState compact error={change.error} />}
    </div>
  )
}

/** What the workspace, each person, and single people may spend. */
export function BudgetForm() {
  const budgets = useQuery(budgetsQuery)
  if (budgets.isPending) return <Skeleton className="h-28 rounded-panel!" />
  if (budgets.isError) return <ErrorState compact error={budgets.error} onRetry={() => budgets.refetch()} />
  return <Form budgets={budgets.data} />
}
