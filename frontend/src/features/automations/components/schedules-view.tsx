import { useQuery } from '@tanstack/react-query'
import { Plus, Repeat } from 'lucide-react'
import { useState } from 'react'
import type { Schedule } from '#contracts/automations.ts'
import { Button } from '@/components/button.tsx'
import { Section } from '@/components/section.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/components/states.tsx'
import { schedulesQuery } from '../api/schedules.ts'
import { ScheduleDialog } from './schedule-dialog.tsx'
import { ScheduleEntry } from './schedule-entry.tsx'

/** One's own questions that are asked by themselves. */
export function SchedulesView() {
  const schedules = useQuery(schedulesQuery)
  const [editing, setEditing] = useState<Schedule | 'new' | null>(null)
  return (
    <Section
      title="Schedules"
      description="Questions that are asked by themselves, with your rights at that moment. Only you see yours."
      action={
        <Button onClick={() => setEditing('new')}>
          <Plus aria-hidden className="size-3.5" /> New schedule
        </Button>
      }
    >
      {schedules.isPending ? (
        <SkeletonRows rows={3} className="rounded-panel border" />
      ) : schedules.isError ? (
        <ErrorState compact error={schedules.error} onRetry={() => schedules.refetch()} />
      ) : schedules.data.length === 0 ? (
        <EmptyState icon={Repeat} title="Nothing is scheduled">
          For example “pipeline by stage” every Monday at 8:00, kept in a conversation.
        </EmptyState>
      ) : (
        <ul aria-label="Schedules" className="divide-y divide-line rounded-panel border">
          {schedules.data.map((schedule) => (
            <li key={schedule.id}>
              <ScheduleEntry schedule={schedule} onEdit={() => setEditing(schedule)} />
            </li>
          ))}
        </ul>
      )}
      {editing !== null && <ScheduleDialog schedule={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />}
    </Section>
  )
}
