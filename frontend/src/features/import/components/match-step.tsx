import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ImportMapping, ImportPreview } from '#contracts/import.ts'
import { Button } from '@/components/button.tsx'
import { Input, Select } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { cn } from '@/lib/class-names.ts'
import { countOf } from '@/lib/format.ts'
import { formatNames } from '../file-formats.ts'

const customKey = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60) || 'field'

/** Two headings cannot fill one column. */
export function doubled(mapping: ImportMapping): Set<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const column of Object.values(mapping)) {
    if (column === null) continue
    if (seen.has(column)) twice.add(column)
    seen.add(column)
  }
  return twice
}

interface Props {
  preview: ImportPreview
  /** Reads another sheet of the workbook. */
  onSheet: (sheet: string) => void
  reading: boolean
  mapping: ImportMapping
  onMapping: (mapping: ImportMapping) => void
  dateOrder: 'dmy' | 'mdy' | undefined
  onDateOrder: (order: 'dmy' | 'mdy') => void
  createMissing: boolean
  onCreateMissing: (create: boolean) => void
  busy: boolean
  error: unknown
  onBack: () => void
  onNext: () => void
}

function Samples({ preview, heading }: { preview: ImportPreview; heading: string }) {
  const values = [...new Set(preview.sample.map((row) => row[heading]?.trim() ?? '').filter((value) => value !== ''))].slice(0, 3)
  return values.length === 0 ? <span className="text-faint">empty</span> : <span className="line-clamp-2 text-soft wrap-anywhere">{values.join('  ·  ')}</span>
}

export function MatchStep({
  preview,
  onSheet,
  reading,
  mapping,
  onMapping,
  dateOrder,
  onDateOrder,
  createMissing,
  onCreateMissing,
  busy,
  error,
  onBack,
  onNext,
}: Props) {
  const twice = doubled(mapping)
  const known = new Set(preview.columns.map((column) => column.key))
  const set = (heading: string, column: string | null) => onMapping({ ...mapping, [heading]: column })
  const used = Object.values(mapping).filter((column) => column !== null).length
  const open = preview.ambiguities.filter((one) => one.kind === 'dateOrder')
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <span className="font-medium">{formatNames[preview.format]}</span>
        {preview.sheets.length > 1 && (
          <span className="flex items-center gap-2">
            <span className="text-soft">Sheet</span>
            <Select aria-label="Sheet of the workbook" disabled={reading} value={preview.sheet ?? ''} onChange={(event) => onSheet(event.target.value)}>
              {preview.sheets.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Select>
          </span>
        )}
      </div>
      {preview.notes.map((note) => (
        <p key={note} className="flex items-center gap-2 text-sm text-warning">
          <TriangleAlert aria-hidden className="size-4" /> {note}
        </p>
      ))}
      <p className="text-sm text-soft">
        {preview.complete ? countOf(preview.rows, 'row') : `More than ${countOf(preview.rows, 'row')}`}, {countOf(preview.headings.length, 'heading')}, {used}{' '}
        of them taken. Correct what was guessed wrong.
      </p>
      <div className="overflow-x-auto rounded-panel border">
        <table className="w-full text-sm">
          <caption className="sr-only">Headings and the fields they fill</caption>
          <thead>
            <tr className="text-left text-faint">
              <th scope="col" className="h-8 w-[26%] border-b px-3 font-normal">
                Heading
              </th>
              <th scope="col" className="h-8 w-[36%] border-b px-3 font-normal max-md:hidden">
                First values
              </th>
              <th scope="col" className="h-8 border-b px-3 font-normal">
                Fills
              </th>
            </tr>
          </thead>
          <tbody>
            {preview.headings.map((heading) => {
              const column = mapping[heading] ?? null
              const custom = column?.startsWith('custom.') && !known.has(column)
              const clash = column !== null && twice.has(column)
              const unsure = column !== null && column === preview.mapping[heading] && (preview.confidence[heading] ?? 1) < 0.7
              return (
                <tr key={heading} className={cn('border-b last:border-b-0', column === null && 'text-faint')}>
                  <th scope="row" className="px-3 py-1.5 text-left align-middle font-medium wrap-anywhere">
                    {heading}
                  </th>
                  <td className="px-3 py-1.5 align-middle max-md:hidden">
                    <Samples preview={preview} heading={heading} />
                  </td>
                  <td className="px-3 py-1.5 align-middle">
                    <div className="flex items-center gap-2">
                      <Select
                        aria-label={`Field for ${heading}`}
                        aria-invalid={clash}
                        value={custom ? 'custom' : (column ?? '')}
                        onChange={(event) => set(heading, event.target.value === 'custom' ? `custom.${customKey(heading)}` : event.target.value || null)}
                      >
                        <option value="">Leave out</option>
                        {preview.columns.map(({ key, label, required }) => (
                          <option key={key} value={key}>
                            {label}
                            {required ? ' (needed)' : ''}
                          </option>
                        ))}
                        <option value="custom">A field of our own…</option>
                      </Select>
                      {custom && (
                        <Input
                          aria-label={`Key of the new field for ${heading}`}
                          className="w-40 shrink-0 font-mono text-xs max-md:w-28"
                          value={column?.slice(7)}
                          onChange={(event) => set(heading, `custom.${customKey(event.target.value)}`)}
                        />
                      )}
                    </div>
                    {clash && <p className="mt-1 text-xs text-danger">Another heading fills this field too.</p>}
                    {custom && !clash && <p className="mt-1 text-xs text-faint">Becomes a new field.</p>}
                    {unsure && !custom && !clash && (
                      <p className="mt-1 flex items-center gap-1 text-xs text-warning">
                        <TriangleAlert aria-hidden className="size-3" /> A guess: please check
                      </p>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {open.map((one) => (
        <fieldset key={one.heading} className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-panel bg-warning-soft px-3 py-2.5 text-sm">
          <legend className="sr-only">{one.message}</legend>
          <span className="flex-1">{one.message}</span>
          {one.options.map((option) => (
            <label key={option.value} className="flex items-center gap-1.5">
              <input
                type="radio"
                name={`order-${one.heading}`}
                className="accent-accent"
                checked={dateOrder === option.value}
                onChange={() => onDateOrder(option.value as 'dmy' | 'mdy')}
              />
              {option.label}
            </label>
          ))}
        </fieldset>
      ))}
      <label className="flex items-start gap-2 text-sm">
        <input type="checkbox" className="mt-0.5 size-4 accent-accent" checked={createMissing} onChange={(event) => onCreateMissing(event.target.checked)} />
        <span>
          Create organisations and contacts that a row names and nobody knows yet
          <span className="block text-xs text-faint">Otherwise such a row is reported and left out.</span>
        </span>
      </label>
      {preview.problem !== null && used === 0 && (
        <p role="alert" className="flex items-center gap-2 text-sm text-danger">
          <CircleAlert aria-hidden className="size-4" /> {preview.problem}
        </p>
      )}
      {error !== null && <ErrorState compact error={error} />}
      <div className="flex justify-between gap-2">
        <Button onClick={onBack}>Back</Button>
        <Button look="primary" disabled={busy || used === 0 || twice.size > 0 || (open.length > 0 && dateOrder === undefined)} onClick={onNext}>
          {busy ? 'Checking…' : 'Check'}
        </Button>
      </div>
    </div>
  )
}
