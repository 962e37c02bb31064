import { ChevronLeft, ChevronRight } from 'lucide-react'
import { IconButton } from '@/components/button.tsx'
import type { ShownMessage } from '../api/shown-message.ts'

/** Which version of a message is shown, and the way to the others. */
export function BranchSwitch({
  message: { id, siblings },
  disabled,
  onShow,
}: {
  message: ShownMessage
  disabled: boolean
  onShow: (messageId: string) => void
}) {
  if (siblings === undefined || siblings.length < 2) return null
  const place = siblings.indexOf(id)
  const step = (label: string, to: string | undefined, Icon: typeof ChevronLeft) => (
    <IconButton small label={label} disabled={disabled || to === undefined} onClick={() => to !== undefined && onShow(to)}>
      <Icon className="size-3.5" />
    </IconButton>
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and these are two buttons
    <div role="group" aria-label="Versions" className="figures inline-flex items-center text-xs text-faint">
      {step('Previous version', siblings[place - 1], ChevronLeft)}
      <span aria-live="polite">
        {place + 1} of {siblings.length}
      </span>
      {step('Next version', siblings[place + 1], ChevronRight)}
    </div>
  )
}
