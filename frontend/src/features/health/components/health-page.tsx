import { useQuery } from '@tanstack/react-query'
import { healthQuery } from '../api/health.ts'
import { AlertsSection } from './alerts-section.tsx'
import { ConfigSection } from './config-section.tsx'
import { FiguresSection } from './figures-section.tsx'
import { PartsSection } from './parts-section.tsx'
import { ReleaseSection } from './release-section.tsx'

/** How ChatSG itself is doing: its parts, its figures, its alerts, and which release runs. */
export function HealthPage() {
  const health = useQuery(healthQuery)
  return (
    <>
      <PartsSection query={health} />
      <AlertsSection />
      {health.data?.metrics !== undefined && <FiguresSection figures={health.data.metrics} />}
      <ReleaseSection />
      <ConfigSection />
    </>
  )
}
