import { FileSpreadsheet, Upload } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { entities } from '#contracts/entities.ts'
import { Button } from '@/components/button.tsx'
import { Labelled, Select } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { formatCompact } from '@/lib/format.ts'
import { isPageEntity, type PageEntity, pageEntities } from '@/lib/record-links.ts'
import { acceptedEndings } from '../file-formats.ts'

interface Props {
  file: File | null
  /** Files whose turn comes after this one. */
  waiting: readonly File[]
  entity: PageEntity
  busy: boolean
  error: unknown
  onFiles: (files: readonly File[]) => void
  onEntity: (entity: PageEntity) => void
  onNext: () => void
}

export function ChooseStep({ file, waiting, entity, busy, error, onFiles, onEntity, onNext }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files])
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
            <p className="text-soft">Drop files here: CSV, Excel, JSON, contact cards (.vcf) or e-mails (.eml, .mbox)</p>
            <p className="text-sm text-faint">Exports of Insightly, HubSpot and Salesforce are understood as they are.</p>
          </>
        ) : (
          <>
            <FileSpreadsheet aria-hidden className="size-6 text-accent-text" strokeWidth={1.5} />
            <p>
              <span className="font-medium">{file.name}</span> <span className="text-faint">{formatCompact(file.size)}B</span>
            </p>
            {waiting.length > 0 && <p className="text-sm text-soft">Then, one after the other: {waiting.map((one) => one.name).join(', ')}</p>}
          </>
        )}
        <Button look={file === null ? 'primary' : 'plain'} onClick={() => input.current?.click()} aria-label="Choose file">
          {file === null ? 'Choose file' : 'Choose another file'}
        </Button>
        <input
          ref={input}
          type="file"
          className="hidden"
          multiple
          accept={acceptedEndings}
          onChange={(event) => {
            const chosen = [...(event.target.files ?? [])]
            if (chosen.length > 0) onFiles(chosen)
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
