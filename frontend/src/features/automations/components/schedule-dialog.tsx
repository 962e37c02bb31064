import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { newScheduleSchema, type Schedule, scheduleDeliveries } from '#contracts/automations.ts'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled, Select } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { messageOf } from '@/lib/api-error.ts'
import { formatInstant, timeZone as localZone } from '@/lib/format.ts'
import { useDebounced } from '@/lib/use-debounced.ts'
import { previewQuery, useSaveSchedule } from '../api/schedules.ts'
import { deliverNames } from '../automation-words.ts'

/** The next times, while one writes. */
function Preview({ when, timeZone }: { when: string; timeZone: string }) {
  const preview = useQuery(previewQuery(useDebounced(when, 300), timeZone))
  if (preview.isError) return <p className="text-xs text-warning">{messageOf(preview.error)}</p>
  if (preview.data === undefined) return null
  return (
    <p role="status" className="figures text-xs text-soft">
      Next: {preview.data.upcoming.map((at) => formatInstant(at)).join('  ·  ')}
    </p>
  )
}

/** Makes a schedule or changes one. */
export function ScheduleDialog({ schedule, onClose }: { schedule: Schedule | undefined; onClose: () => void }) {
  const save = useSaveSchedule()
  const [question, setQuestion] = useState(schedule?.question ?? '')
  const [when, setWhen] = useState(schedule?.when ?? 'every Monday 8:00')
  const [deliver, setDeliver] = useState(schedule?.deliver ?? 'chat')
  const [problem, setProblem] = useState<string>()
  const zone = schedule?.timeZone ?? localZone()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const next = newScheduleSchema.safeParse({ question, when, deliver, timeZone: zone, enabled: schedule?.enabled ?? true })
    setProblem(next.error?.issues[0]?.message)
    if (!next.success) return
    save.mutate(
      { ...next.data, id: schedule?.id },
      {
        onSuccess: () => {
          announce(schedule === undefined ? 'It is scheduled.' : 'The schedule is changed.')
          onClose()
        },
      },
    )
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={schedule === undefined ? 'New schedule' : 'Change the schedule'}>
      <form onSubmit={submit} className="flex flex-col gap-3.5 overflow-y-auto p-4">
        <Labelled label="Question" htmlFor="schedule-question" hint="As you would ask it in a conversation.">
          <Input id="schedule-question" autoFocus maxLength={1000} value={question} onChange={(event) => setQuestion(event.target.value)} />
        </Labelled>
        <Labelled label="When" htmlFor="schedule-when" hint={`“weekdays at 9”, “monthly on the 1st 7:30”, or five fields of cron. Times are those of ${zone}.`}>
          <Input id="schedule-when" maxLength={120} value={when} onChange={(event) => setWhen(event.target.value)} />
        </Labelled>
        <Preview when={when} timeZone={zone} />
        <Labelled label="The answer goes" htmlFor="schedule-deliver">
          <Select
            id="schedule-deliver"
            value={deliver}
            onChange={(event) => setDeliver(scheduleDeliveries.find((one) => one === event.target.value) ?? 'chat')}
          >
            {(['chat', 'email', 'webhook'] as const).map((one) => (
              <option key={one} value={one}>
                {deliverNames[one]}
              </option>
            ))}
          </Select>
        </Labelled>
        {problem !== undefined && (
          <p role="alert" className="text-sm text-danger">
            {problem}
          </p>
        )}
        {save.isError && <ErrorState compact error={save.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={save.isPending || question.trim() === ''}>
            {schedule === undefined ? 'Schedule it' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
