import { CirclePause, EllipsisVertical, Pause, Pencil, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Schedule } from '#contracts/automations.ts'
import { Button, IconButton } from '@/components/button.tsx'
import { Confirm } from '@/components/confirm.tsx'
import { Menu, MenuItem, MenuLine } from '@/components/menu.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { announce, announceError } from '@/components/toast.tsx'
import { cn } from '@/lib/class-names.ts'
import { formatInstant } from '@/lib/format.ts'
import { isUnderWay, useChangeSchedule, useDeleteSchedule, useRunSchedule } from '../api/schedules.ts'
import { deliverNames, runStateNames } from '../automation-words.ts'
import { ScheduleRuns } from './schedule-runs.tsx'

/** A scheduled question: when it is asked, how it went, and its runs. */
export function ScheduleEntry({ schedule, onEdit }: { schedule: Schedule; onEdit: () => void }) {
  const { id, question, when, timeZone, deliver, enabled, upcoming, pausedReason, lastRun } = schedule
  const [showsRuns, setShowsRuns] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const change = useChangeSchedule()
  const remove = useDeleteSchedule()
  const run = useRunSchedule()
  const toggle = () =>
    change.mutate({ id, enabled: !enabled }, { onError: announceError, onSuccess: () => announce(enabled ? 'It is paused.' : 'It goes on.') })
  const runNow = () =>
    run.mutate(id, {
      onError: announceError,
      onSuccess: () => setShowsRuns(true),
    })
  return (
    <div className="flex flex-col gap-2 px-3.5 py-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h3 className={cn('font-medium wrap-anywhere', !enabled && 'text-faint')}>{question}</h3>
          <p className="text-sm text-soft">
            {when} <span className="text-faint">({timeZone})</span> · {deliverNames[deliver].toLowerCase()}
          </p>
        </div>
        <Button small disabled={run.isPending || isUnderWay(lastRun)} onClick={runNow}>
          <Play aria-hidden className="size-3.5" /> Run now
        </Button>
        <Menu
          trigger={
            <IconButton small label={`More about: ${question}`}>
              <EllipsisVertical className="size-4" />
            </IconButton>
          }
        >
          <MenuItem onSelect={onEdit}>
            <Pencil /> Change
          </MenuItem>
          <MenuItem onSelect={toggle}>
            {enabled ? <Pause /> : <Play />} {enabled ? 'Pause' : 'Go on'}
          </MenuItem>
          <MenuLine />
          <MenuItem danger onSelect={() => setDeleting(true)}>
            <Trash2 /> Delete
          </MenuItem>
        </Menu>
      </div>
      {!enabled && (
        <p className={cn('flex items-center gap-1.5 text-sm', pausedReason === null ? 'text-faint' : 'text-warning')}>
          <CirclePause aria-hidden className="size-3.5 shrink-0" /> {pausedReason ?? 'Paused'}
        </p>
      )}
      {enabled && upcoming.length > 0 && <p className="figures text-xs text-faint">Next: {upcoming.map((at) => formatInstant(at)).join('  ·  ')}</p>}
      <div className="flex flex-wrap items-center gap-x-2 text-sm">
        {lastRun === null ? (
          <span className="text-faint">It has not run yet.</span>
        ) : (
          <span role="status" className={lastRun.state === 'failed' ? 'text-danger' : 'text-soft'}>
            {runStateNames[lastRun.state]} <RelativeTime at={lastRun.finishedAt ?? lastRun.startedAt ?? lastRun.dueAt} className="text-faint" />
            {lastRun.error !== null && `: ${lastRun.error}`}
          </span>
        )}
        {lastRun !== null && (
          <Button small look="quiet" aria-expanded={showsRuns} onClick={() => setShowsRuns(!showsRuns)}>
            {showsRuns ? 'Hide the runs' : 'Runs'}
          </Button>
        )}
      </div>
      {showsRuns && <ScheduleRuns id={id} question={question} />}
      <Confirm
        open={deleting}
        onOpenChange={setDeleting}
        title="Delete this schedule?"
        action="Delete"
        onConfirm={() => remove.mutate(id, { onError: announceError, onSuccess: () => announce('The schedule is deleted.') })}
      >
        “{question}” is not asked any more, and its runs go. Conversations with its answers stay.
      </Confirm>
    </div>
  )
}
