import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Checkbox } from '@/components/checkbox.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Labelled, Textarea } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { useRemember } from '../api/memory.ts'

/** Writes a memory by hand. */
export function RememberDialog({ mayShare, onClose }: { mayShare: boolean; onClose: () => void }) {
  const remember = useRemember()
  const [text, setText] = useState('')
  const [shared, setShared] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    remember.mutate(
      { text, scope: shared ? 'workspace' : 'person' },
      {
        onSuccess: () => {
          announce('It is remembered.')
          onClose()
        },
      },
    )
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Remember something">
      <form onSubmit={submit} className="flex flex-col gap-3.5 p-4">
        <Labelled label="What to remember" htmlFor="memory-text" hint="In your own words: “I look after Acme”, “my quarter starts in April”.">
          <Textarea id="memory-text" autoFocus maxLength={500} value={text} onChange={(event) => setText(event.target.value)} />
        </Labelled>
        {mayShare && <Checkbox label="For everybody in this workspace" checked={shared} onChange={(event) => setShared(event.target.checked)} />}
        {remember.isError && <ErrorState compact error={remember.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={remember.isPending || text.trim() === ''}>
            Remember
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
