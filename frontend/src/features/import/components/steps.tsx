import { StepList } from '@/components/step-list.tsx'

const stepNames = ['Choose file', 'Match headings', 'Check', 'Import'] as const
export type Step = 0 | 1 | 2 | 3

/** Where in the import one is; earlier steps can be gone back to. */
export function Steps({ current, onGo }: { current: Step; onGo: ((step: Step) => void) | undefined }) {
  return <StepList label="Import steps" steps={stepNames} current={current} onBack={onGo && ((index) => onGo(index as Step))} />
}
