import { useQuery } from '@tanstack/react-query'
import { CircleCheckBig } from 'lucide-react'
import { Button } from '@/components/button.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import type { CrmRecord } from '@/lib/records.ts'
import { useMayWrite } from '@/lib/session.ts'
import { valuesQuery } from '../api/choices.ts'
import { useUpdateRecord } from '../api/records.ts'
import { isDoneStatus } from '../opening-list.ts'
import type { RecordField } from '../record-fields.ts'

/** Ticks a task off, in the word that the workspace has for it; the server keeps when that was. */
export function CompleteTask({ record, fields }: { record: CrmRecord; fields: readonly RecordField[] }) {
  const mayWrite = useMayWrite()
  const { data: statuses = [] } = useQuery(valuesQuery('tasks', 'status'))
  const update = useUpdateRecord('tasks')
  const shown = ['status', 'completed_at'].every((key) => fields.some((field) => field.key === key))
  if (!mayWrite || !shown || record.completed_at != null || isDoneStatus(record.status)) return null
  const put = (change: Record<string, unknown>) => update.mutateAsync({ id: record.id, change })
  const undo = () => put({ status: record.status ?? null, completed_at: null }).catch(announceError)
  const complete = () =>
    put({ status: statuses.find(isDoneStatus) ?? 'Completed' }).then(() => announce('The task is completed.', { label: 'Undo', run: undo }), announceError)
  return (
    <Button small className="mr-1 shrink-0" disabled={update.isPending} onClick={complete}>
      <CircleCheckBig aria-hidden className="size-3.5" /> Complete
    </Button>
  )
}
