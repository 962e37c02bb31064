import { FileSpreadsheet, Upload } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { entities } from '#contracts/entities.ts'
import { Button } from '@/components/button.tsx'
import { Labelled, Select } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { formatCompact } from '@/lib/format.ts'
import { isPageEntity, type PageEntity, pageEntities } from '@/lib/record-links.ts'

interface Props {
  file: File | null
  entity: PageEntity
  busy: boolean
  error: unknown
  onFile: (file: File) => void
  onEntity: (entity: PageEntity) => void
  onNext: () => void
}

export function ChooseStep({ file, entity, busy, error, onFile, onEntity, onNext }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const dropped = event.dataTransfer.files[0]
    if (dropped !== undefined) onFile(dropped)
  }
  return (
    <div className="flex flex-col gap-5">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first */}
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          'flex flex-col items-center gap-3 rounded-panel border border-dashed border-line-strong px-6 py-10 text-center',
          over && 'border-accent bg-accent-soft',
        )}
      >
        {file === null ? (
          <>
            <Upload aria-hidden className="size-6 text-faint" strokeWidth={1.5} />
            <p className="text-soft">Drop a CSV or JSON file here</p>
          </>
        ) : (
          <>
            <FileSpreadsheet aria-hidden className="size-6 text-accent-text" strokeWidth={1.5} />
            <p>
              <span className="font-medium">{file.name}</span> <span className="text-faint">{formatCompact(file.size)}B</span>
            </p>
          </>
        )}
        <Button look={file === null ? 'primary' : 'plain'} onClick={() => input.current?.click()} aria-label="Choose file">
          {file === null ? 'Choose file' : 'Choose another file'}
        </Button>
        <input
          ref={input}
          type="file"
          className="hidden"
          accept=".csv,.tsv,.txt,.json,.jsonl,text/csv,application/json"
          onChange={(event) => {
            const chosen = event.target.files?.[0]
            if (chosen !== undefined) onFile(chosen)
            event.target.value = ''
          }}
        />
      </div>
      <Labelled label="What the rows are" htmlFor="entity" hint="Every row becomes one of these. Rows that match an existing record update it.">
        <Select id="entity" className="max-w-64" value={entity} onChange={(event) => isPageEntity(event.target.value) && onEntity(event.target.value)}>
          {pageEntities.map((name) => (
            <option key={name} value={name}>
              {entities[name].labelPlural}
            </option>
          ))}
        </Select>
      </Labelled>
      {error !== null && <ErrorState compact error={error} />}
      <div className="flex justify-end">
        <Button look="primary" disabled={file === null || busy} onClick={onNext}>
          {busy ? 'Reading…' : 'Continue'}
        </Button>
      </div>
    </div>
  )
}
