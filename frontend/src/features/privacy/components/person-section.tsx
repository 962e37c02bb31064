import { Download, Eraser } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Input, Labelled } from '@/components/input.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { downloadText, fileNameOf } from '@/lib/download.ts'
import { type Subject, useExportPerson } from '../api/privacy.ts'
import { EraseDialog } from './erase-dialog.tsx'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The address of a record's page is as good as its id. */
function subjectOf(text: string): Subject | undefined {
  const words = text.trim()
  const id = words.split(/[/?#]/).find((part) => uuid.test(part))
  if (id !== undefined) return { recordId: id }
  return words.includes('@') ? { email: words } : undefined
}

/** Everything about one person: a file of it, or the end of it. */
export function PersonSection() {
  const exporting = useExportPerson()
  const [text, setText] = useState('')
  const [erasing, setErasing] = useState<Subject | null>(null)
  const subject = subjectOf(text)
  const download = () => {
    if (subject === undefined) return
    exporting.mutate(subject, {
      onSuccess: (found) => {
        downloadText(fileNameOf(`about ${subject.email ?? subject.recordId}`, 'json'), JSON.stringify(found, null, 2), 'application/json')
        announce('The file with everything about this person is downloaded.')
      },
    })
  }
  return (
    <Section
      title="A person's data"
      description="For a request under data protection law: everything about a contact or lead, with the notes, tasks, messages, orders and conversations that mention them."
    >
      <div className="flex flex-col gap-3">
        <Labelled label="E-mail, or the address of the record" htmlFor="subject">
          <Input
            id="subject"
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            className="max-w-md"
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              exporting.reset()
            }}
          />
        </Labelled>
        {exporting.isError && <ErrorState compact error={exporting.error} />}
        <div className="flex flex-wrap gap-1.5">
          <Button disabled={subject === undefined || exporting.isPending} onClick={download}>
            <Download aria-hidden className="size-3.5" /> {exporting.isPending ? 'Collecting…' : 'Export everything'}
          </Button>
          <Button look="danger" disabled={subject === undefined} onClick={() => setErasing(subject ?? null)}>
            <Eraser aria-hidden className="size-3.5" /> Erase…
          </Button>
        </div>
      </div>
      {erasing !== null && (
        <EraseDialog
          subject={erasing}
          onClose={() => setErasing(null)}
          onErased={() => {
            setErasing(null)
            setText('')
          }}
        />
      )}
    </Section>
  )
}
