import { type FormEvent, useState } from 'react'
import { type ApprovalPolicy, newApprovalPolicySchema } from '#contracts/approvals.ts'
import { Button } from '@/components/button.tsx'
import { Dialog } from '@/components/dialog.tsx'
import { Input, Labelled, Select } from '@/components/input.tsx'
import { ErrorState } from '@/components/states.tsx'
import { announce } from '@/components/toast.tsx'
import { changeNames } from '@/lib/change-words.ts'
import { roleNames } from '@/lib/session.ts'
import { useMakePolicy } from '../api/policies.ts'

type Mode = ApprovalPolicy['mode']
const modeNames: Readonly<Record<Mode, string>> = {
  ask: 'Always ask',
  askAbove: 'Ask above an amount',
  auto: 'Carry out without asking',
}

/** Says which changes need no question, or always need one. */
export function PolicyDialog({ onClose }: { onClose: () => void }) {
  const make = useMakePolicy()
  const [tool, setTool] = useState('records.update')
  const [role, setRole] = useState('')
  const [mode, setMode] = useState<Mode>('ask')
  const [limit, setLimit] = useState('')
  const [currency, setCurrency] = useState('USD')
  const [problem, setProblem] = useState<string>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const policy = newApprovalPolicySchema.safeParse({
      tool,
      role: role === '' ? null : role,
      mode,
      limit: mode === 'askAbove' ? limit.trim() || null : null,
      currency: mode === 'askAbove' ? currency.trim().toUpperCase() || null : null,
    })
    setProblem(policy.error?.issues[0]?.message)
    if (!policy.success) return
    make.mutate(policy.data, {
      onSuccess: () => {
        announce('The policy holds from now on.')
        onClose()
      },
    })
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="New policy" description="It holds for what agents and other programs ask for.">
      <form onSubmit={submit} className="flex flex-col gap-3.5 overflow-y-auto p-4">
        <Labelled label="Change" htmlFor="policy-tool">
          <Select id="policy-tool" value={tool} onChange={(event) => setTool(event.target.value)}>
            {Object.entries(changeNames).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
            <option value="*">Every change</option>
          </Select>
        </Labelled>
        <Labelled label="Asked for by" htmlFor="policy-role">
          <Select id="policy-role" value={role} onChange={(event) => setRole(event.target.value)}>
            <option value="">Everybody</option>
            {Object.entries(roleNames).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </Select>
        </Labelled>
        <Labelled label="What happens" htmlFor="policy-mode">
          <Select id="policy-mode" value={mode} onChange={(event) => setMode(event.target.value as Mode)}>
            {Object.entries(modeNames).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </Select>
        </Labelled>
        {mode === 'askAbove' && (
          <div className="grid grid-cols-[1fr_96px] gap-3">
            <Labelled label="Amount" htmlFor="policy-limit" hint="Worth at most this is carried out.">
              <Input id="policy-limit" inputMode="decimal" value={limit} onChange={(event) => setLimit(event.target.value)} />
            </Labelled>
            <Labelled label="Currency" htmlFor="policy-currency">
              <Input id="policy-currency" maxLength={3} value={currency} onChange={(event) => setCurrency(event.target.value)} />
            </Labelled>
          </div>
        )}
        {problem !== undefined && (
          <p role="alert" className="text-sm text-danger">
            {problem}
          </p>
        )}
        {make.isError && <ErrorState compact error={make.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={make.isPending}>
            Make the policy
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
