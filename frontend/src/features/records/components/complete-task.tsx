import { useQuery } from '@tanstack/react-query'
import { CircleCheckBig, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import type { CrmRecord } from '@/lib/records.ts'
import { useMayWrite } from '@/lib/session.ts'
import { valuesQuery } from '../api/choices.ts'
import { useUpdateRecord } from '../api/records.ts'
import { isDoneStatus } from '../opening-list.ts'
import type { RecordField } from '../record-fields.ts'

/** Ticks a task off, in the word that the workspace has for it, and takes that back; the server keeps when it was. */
export function CompleteTask({ record, fields }: { record: CrmRecord; fields: readonly RecordField[] }) {
  const mayWrite = useMayWrite()
  const { data: statuses = [] } = useQuery(valuesQuery('tasks', 'status'))
  const update = useUpdateRecord('tasks')
  // The status before, for the way back.
  const [before, setBefore] = useState<unknown>(null)
  const shown = ['status', 'completed_at'].every((key) => fields.some((field) => field.key === key))
  if (!mayWrite || !shown) return null
  const isDone = record.completed_at != null || isDoneStatus(record.status)
  const put = (change: Record<string, unknown>) => update.mutateAsync({ id: record.id, change })
  const complete = () => {
    setBefore(record.status ?? null)
    return put({ status: statuses.find(isDoneStatus) ?? 'Completed' }).then(() => announce('The task is completed.'), announceError)
  }
  const status = isDoneStatus(record.status) ? before : record.status
  const reopen = () => put({ status, completed_at: null }).then(() => announce('The task is open again.'), announceError)
  return (
    <Button small className="mr-1" aria-disabled={update.isPending} onClick={() => !update.isPending && (isDone ? reopen() : complete())}>
      {isDone ? <RotateCcw aria-hidden className="size-3.5" /> : <CircleCheckBig aria-hidden className="size-3.5" />}
      {isDone ? 'Reopen' : 'Complete'}
    </Button>
  )
}
