import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Checkbox } from '@/components/checkbox.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled } from '@/components/input.tsx'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  action: string
  name: string
  shared: boolean
  /** Whether the person may let everyone see it. */
  mayShare: boolean
  onSave: (view: { name: string; shared: boolean }) => void
}

/** Asks what a view is called and who sees it. */
export function ViewNameDialog({ open, onOpenChange, title, action, ...form }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title}>
      <NameForm action={action} onCancel={() => onOpenChange(false)} {...form} />
    </Dialog>
  )
}

function NameForm({ action, name, shared, mayShare, onSave, onCancel }: Omit<Props, 'open' | 'onOpenChange' | 'title'> & { onCancel: () => void }) {
  const id = useId()
  const [text, setText] = useState(name)
  const [everyone, setEveryone] = useState(shared)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') onSave({ name: text.trim(), shared: everyone })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 p-4">
      <Labelled label="Name" htmlFor={id}>
        <Input id={id} autoFocus value={text} maxLength={100} onChange={(event) => setText(event.target.value)} />
      </Labelled>
      {mayShare && <Checkbox label="Everyone in the workspace sees it" checked={everyone} onChange={(event) => setEveryone(event.target.checked)} />}
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" disabled={text.trim() === ''}>
          {action}
        </Button>
      </div>
    </form>
  )
}
