import { useEffect, useRef, useState } from 'react'
import type { InsightlyAccess, SyncStatus } from '#contracts/sync.ts'
import { Button } from '@/components/button.tsx'
import { Section } from '@/components/section.tsx'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { StepList } from '@/components/step-list.tsx'
import { useConnect, useTestConnection } from '../api/sync.ts'
import { pods } from '../api-address.ts'
import { AddressStep, connectionOf, type TypedConnection } from './address-step.tsx'
import { CopyStep } from './copy-step.tsx'
import { TestStep } from './test-step.tsx'

const nothingTyped: TypedConnection = { pod: pods[0], address: '', key: '' }

/** From nothing to a mirror in three steps; a key in the server's environment saves the first. */
export function ConnectWizard({ status, onEnd }: { status: SyncStatus; onEnd: () => void }) {
  const [typed, setTyped] = useState(nothingTyped)
  const [wantsAnother, setWantsAnother] = useState(false)
  const hasServerKey = status.serverKey && !wantsAnother
  const test = useTestConnection()
  const connect = useConnect()
  const input = (): InsightlyAccess => (hasServerKey ? {} : connectionOf(typed))
  const runTest = () => test.mutate(input())
  const start = () => connect.mutate(input(), { onSuccess: () => setTyped(nothingTyped) })

  const steps = hasServerKey ? ['Test', 'Copy'] : ['Address and key', 'Test', 'Copy']
  const current = connect.isSuccess ? steps.length - 1 : hasServerKey ? 0 : test.isSuccess ? 1 : 0
  // What had the focus is gone with its step.
  const content = useRef<HTMLDivElement>(null)
  const shown = useRef(current)
  useEffect(() => {
    if (shown.current !== current) content.current?.focus()
    shown.current = current
  }, [current])
  const back = () => {
    test.reset()
    connect.reset()
  }
  return (
    <Section
      title="Connect Insightly"
      description="ChatSG then keeps a copy of all records there. Questions are answered from the copy at once and cost no call; what you change here is changed there."
    >
      <StepList label="Connection steps" steps={steps} current={current} onBack={connect.isSuccess || hasServerKey ? undefined : back} />
      <div ref={content} tabIndex={-1} className="mt-5 outline-none">
        {connect.isSuccess ? (
          <CopyStep status={status} runId={connect.data.runId} onEnd={onEnd} />
        ) : test.isSuccess ? (
          <TestStep test={test.data} busy={connect.isPending} error={connect.error} onBack={hasServerKey ? undefined : back} onConnect={start} />
        ) : hasServerKey ? (
          <div className="flex flex-col items-start gap-4">
            <p className="max-w-[68ch] text-sm text-soft">Address and key are in the server’s environment, so they are not asked for here.</p>
            {test.isError && <ErrorState compact error={test.error} />}
            {test.isPending ? (
              <SkeletonRows rows={5} className="w-full max-w-[440px] rounded-panel border py-1" />
            ) : (
              <div className="flex gap-2">
                <Button look="primary" onClick={runTest}>
                  Test connection
                </Button>
                <Button look="quiet" onClick={() => setWantsAnother(true)}>
                  Use another key
                </Button>
              </div>
            )}
          </div>
        ) : (
          <AddressStep typed={typed} onTyped={setTyped} busy={test.isPending} error={test.error} onTest={runTest} />
        )}
      </div>
    </Section>
  )
}
