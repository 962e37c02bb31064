import type { ModelBudget, ModelsState } from '#contracts/models.ts'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { cn } from '@/lib/class-names.ts'
import { usdWords } from '../usd.ts'
import { BudgetForm } from './budget-form.tsx'

const scopeNames: Readonly<Record<ModelBudget['scope'], string>> = { installation: 'This installation', workspace: 'This workspace', person: 'You' }

function BudgetLine({ budget: { scope, usdPerDay, spentUsd, isExhausted } }: { budget: ModelBudget }) {
  const share = spentUsd === null ? (isExhausted ? 1 : 0) : Number(usdPerDay) === 0 ? 1 : Math.min(1, Number(spentUsd) / Number(usdPerDay))
  return (
    <li className="flex flex-col gap-1.5 text-sm">
      <span className="flex flex-wrap gap-x-2">
        <span className="font-medium">{scopeNames[scope]}</span>
        <span className={cn('figures', isExhausted ? 'text-warning' : 'text-soft')}>
          {spentUsd === null ? `${usdWords(usdPerDay)} a day` : `${usdWords(spentUsd)} of ${usdWords(usdPerDay)} today`}
          {isExhausted && ': used up, the planner goes on answering'}
        </span>
      </span>
      {spentUsd !== null && (
        <span aria-hidden className="block h-1 w-full max-w-72 overflow-hidden rounded-full bg-active">
          <span className={cn('block h-full rounded-full', isExhausted ? 'bg-warning' : 'bg-line-strong')} style={{ width: `${share * 100}%` }} />
        </span>
      )}
    </li>
  )
}

/** What models may cost a day. */
export function BudgetsSection({ state, mayChange }: { state: ModelsState; mayChange: boolean }) {
  return (
    <Section title="Budgets" description="In US dollars a day. When one is used up no model is asked until it begins anew; the planner goes on answering.">
      <div className="flex flex-col gap-4">
        {state.budgets.length === 0 ? (
          <EmptyLine>There is no limit.</EmptyLine>
        ) : (
          <>
            <ul aria-label="Budgets" className="flex flex-col gap-3">
              {state.budgets.map((budget) => (
                <BudgetLine key={budget.scope} budget={budget} />
              ))}
            </ul>
            <p className="text-xs text-faint">
              They begin anew <RelativeTime at={state.renewsAt} />.
            </p>
          </>
        )}
        {mayChange && <BudgetForm />}
      </div>
    </Section>
  )
}
