import { useState } from 'react'
import type { ImportMapping, ImportPreview } from '#contracts/import.ts'
import { Button } from '@/components/button.tsx'
import { PageHeader } from '@/components/page-header.tsx'
import { announceError } from '@/components/toast.tsx'
import type { PageEntity } from '@/lib/record-links.ts'
import { type ImportChoices, useCheck, usePreview, useStartImport } from '../api/imports.ts'
import { combineFiles } from '../combine-files.ts'
import { guessEntity } from '../guess-entity.ts'
import { CheckStep } from './check-step.tsx'
import { ChooseStep } from './choose-step.tsx'
import { ImportHistory } from './import-history.tsx'
import { MatchStep } from './match-step.tsx'
import { RunStep } from './run-step.tsx'
import { type Step, Steps } from './steps.tsx'

/** From a file to records in four steps; nothing is written before the last. */
export function ImportPage({ entity: given }: { entity: PageEntity | undefined }) {
  const [step, setStep] = useState<Step>(0)
  const [file, setFile] = useState<File | null>(null)
  const [waiting, setWaiting] = useState<readonly File[]>([])
  const [sheet, setSheet] = useState<string | undefined>(undefined)
  const [entity, setEntity] = useState<PageEntity>(given ?? 'contacts')
  const [entityChosen, setEntityChosen] = useState(given !== undefined)
  const [mapping, setMapping] = useState<ImportMapping>({})
  const [dateOrder, setDateOrder] = useState<'dmy' | 'mdy' | undefined>(undefined)
  const [createMissing, setCreateMissing] = useState(true)
  // Kept while another sheet is read.
  const [read, setRead] = useState<ImportPreview | undefined>(undefined)
  const preview = usePreview()
  const check = useCheck()
  const start = useStartImport()
  const choices = (): ImportChoices => ({ entity, file: file as File, mapping, dateOrder, sheet, createMissing })

  const chooseFile = (next: File) => {
    setFile(next)
    setSheet(undefined)
    if (!entityChosen) setEntity(guessEntity(next.name))
    preview.reset()
    check.reset()
    start.reset()
  }
  const chooseFiles = (files: readonly File[]) => {
    const take = ([first, ...rest]: readonly File[]) => {
      if (first !== undefined) chooseFile(first)
      setWaiting(rest)
    }
    if (files.length === 1) take(files)
    else combineFiles(files).then(take, announceError)
  }
  const readFile = (ofSheet?: string) => {
    if (file === null) return
    preview.mutate(
      { entity, file, sheet: ofSheet },
      {
        onSuccess: (guess) => {
          setRead(guess)
          setMapping(guess.mapping)
          setSheet(guess.sheet ?? undefined)
          setDateOrder(undefined)
          setStep(1)
        },
      },
    )
  }
  const nextFile = () => {
    const [next, ...rest] = waiting
    if (next === undefined) return
    chooseFile(next)
    setWaiting(rest)
    setStep(0)
  }
  const again = () => {
    setFile(null)
    setWaiting([])
    setEntityChosen(false)
    for (const mutation of [preview, check, start]) mutation.reset()
    setStep(0)
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title="Import" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-[820px] px-5 py-6 max-md:px-4">
          <Steps current={step} onGo={step === 3 ? undefined : setStep} />
          <div className="mt-6">
            {step === 0 && (
              <ChooseStep
                file={file}
                waiting={waiting}
                entity={entity}
                busy={preview.isPending}
                error={preview.error}
                onFiles={chooseFiles}
                onEntity={(next) => {
                  setEntity(next)
                  setEntityChosen(true)
                }}
                onNext={() => readFile()}
              />
            )}
            {step === 1 && read !== undefined && (
              <MatchStep
                preview={read}
                onSheet={readFile}
                reading={preview.isPending}
                mapping={mapping}
                onMapping={setMapping}
                dateOrder={dateOrder}
                onDateOrder={setDateOrder}
                createMissing={createMissing}
                onCreateMissing={setCreateMissing}
                busy={check.isPending}
                error={check.error ?? preview.error}
                onBack={() => setStep(0)}
                onNext={() => check.mutate(choices(), { onSuccess: () => setStep(2) })}
              />
            )}
            {step === 2 && check.data !== undefined && file !== null && (
              <CheckStep
                entity={entity}
                fileName={file.name}
                result={check.data}
                busy={start.isPending}
                error={start.error}
                onBack={() => setStep(1)}
                onImport={() => start.mutate(choices(), { onSuccess: () => setStep(3) })}
              />
            )}
            {step === 3 && start.data !== undefined && (
              <RunStep
                importId={start.data.importId}
                entity={entity}
                fileName={file?.name ?? 'import.csv'}
                expectedRows={check.data?.total ?? 0}
                onAgain={again}
              />
            )}
            {step === 3 && waiting[0] !== undefined && (
              <div className="mt-5 flex flex-wrap items-center justify-between gap-3 rounded-panel border px-3 py-2.5 text-sm">
                <span>
                  Next: <span className="font-medium">{waiting[0].name}</span>
                  {waiting.length > 1 && <span className="text-faint"> and {waiting.length - 1} more</span>}
                </span>
                <Button onClick={nextFile}>Go on with this file</Button>
              </div>
            )}
          </div>
          {step === 0 && <ImportHistory />}
        </div>
      </div>
    </div>
  )
}
