import { type FormEvent, useState } from 'react'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled, Textarea } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { type Pipeline, useSavePipeline } from '../api/pipeline.ts'

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** The stages that deals go through, in their order; without a pipeline, the first one. */
export function PipelineDialog({ pipeline, onClose, onMade }: { pipeline: Pipeline | undefined; onClose: () => void; onMade?: () => void }) {
  const [name, setName] = useState(pipeline?.name ?? 'Sales')
  const [stages, setStages] = useState(pipeline?.stages.map((stage) => stage.name).join('\n') ?? '')
  const save = useSavePipeline(pipeline?.id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(
      { name: name.trim(), stages: linesOf(stages) },
      {
        onSuccess: () => {
          announce(pipeline === undefined ? `The pipeline “${name.trim()}” is made.` : 'The stages are saved.')
          onClose()
          onMade?.()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={pipeline === undefined ? 'Make a pipeline' : 'Pipeline and stages'}
      description="Everybody in the workspace sees these stages."
    >
      <form onSubmit={submit} className="flex flex-col gap-3 p-4">
        <Labelled label="Name" htmlFor="pipeline-name">
          <Input id="pipeline-name" value={name} onChange={(event) => setName(event.target.value)} />
        </Labelled>
        <Labelled
          label="Stages"
          htmlFor="pipeline-stages"
          hint={`One a line, in the order in which deals go through them.${pipeline === undefined ? '' : ' A stage that still holds deals cannot be taken away.'}`}
        >
          <Textarea
            id="pipeline-stages"
            rows={7}
            placeholder={'Qualified\nProposal\nNegotiation'}
            value={stages}
            onChange={(event) => setStages(event.target.value)}
          />
        </Labelled>
        {save.isError && <ErrorState compact error={save.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={name.trim() === '' || linesOf(stages).length === 0 || save.isPending}>
            {save.isPending ? 'Saving…' : pipeline === undefined ? 'Make pipeline' : 'Save stages'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
