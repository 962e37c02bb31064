import { useQuery } from '@tanstack/react-query'
import { ErrorState, SkeletonRows } from '@/components/states.tsx'
import { modelsQuery } from '../api/models.ts'
import { BudgetsSection } from './budgets-section.tsx'
import { ConfidentialSection } from './confidential-section.tsx'
import { ExchangesSection } from './exchanges-section.tsx'
import { ModelsSection } from './models-section.tsx'
import { UsageSection } from './usage-section.tsx'

/** Which language models answer, what they cost and may cost, and what they never see. */
export function ModelsPage({ isAdministrator }: { isAdministrator: boolean }) {
  const models = useQuery(modelsQuery)
  if (models.isPending) return <SkeletonRows rows={8} className="-mx-4" />
  if (models.isError) return <ErrorState compact error={models.error} onRetry={() => models.refetch()} />
  return (
    <>
      <ModelsSection state={models.data} />
      <UsageSection everybodys={isAdministrator} />
      <BudgetsSection state={models.data} mayChange={isAdministrator} />
      {isAdministrator && <ConfidentialSection />}
      {isAdministrator && models.data.isAudited && <ExchangesSection />}
    </>
  )
}
