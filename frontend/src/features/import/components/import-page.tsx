import { useState } from 'react'
import type { ImportMapping } from '#contracts/import.ts'
import { PageHeader } from '@/components/page-header.tsx'
import type { PageEntity } from '@/lib/record-links.ts'
import { type ImportChoices, useCheck, usePreview, useStartImport } from '../api/imports.ts'
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
  const [entity, setEntity] = useState<PageEntity>(given ?? 'contacts')
  const [entityChosen, setEntityChosen] = useState(given !== undefined)
  const [mapping, setMapping] = useState<ImportMapping>({})
  const [dateOrder, setDateOrder] = useState<'dmy' | 'mdy' | undefined>(undefined)
  const [createMissing, setCreateMissing] = useState(true)
  const preview = usePreview()
  const check = useCheck()
  const start = useStartImport()
  const choices = (): ImportChoices => ({ entity, file: file as File, mapping, dateOrder, createMissing })

  const chooseFile = (next: File) => {
    setFile(next)
    if (!entityChosen) setEntity(guessEntity(next.name))
    preview.reset()
    check.reset()
    start.reset()
  }
  const readFile = () => {
    if (file === null) return
    preview.mutate(
      { entity, file },
      {
        onSuccess: (guess) => {
          setMapping(guess.mapping)
          setDateOrder(undefined)
          setStep(1)
        },
      },
    )
  }
  const again = () => {
    setFile(null)
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
                entity={entity}
                busy={preview.isPending}
                error={preview.error}
                onFile={chooseFile}
                onEntity={(next) => {
                  setEntity(next)
                  setEntityChosen(true)
                }}
                onNext={readFile}
              />
            )}
            {step === 1 && preview.data !== undefined && (
              <MatchStep
                preview={preview.data}
                mapping={mapping}
                onMapping={setMapping}
                dateOrder={dateOrder}
                onDateOrder={setDateOrder}
                createMissing={createMissing}
                onCreateMissing={setCreateMissing}
                busy={check.isPending}
                error={check.error}
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
          </div>
          {step === 0 && <ImportHistory />}
        </div>
      </div>
    </div>
  )
}
