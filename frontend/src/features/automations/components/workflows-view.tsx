import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { useEffect } from 'react'
import { buttonClass } from '@/components/button.tsx'
import { Fetched } from '@/components/fetched.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { EmptyState } from '@/components/states.tsx'
import { type CurrentSession, isAdministrator, mayWrite } from '@/lib/session.ts'
import { workflowsQuery } from '@/lib/workflows.ts'
import type { AutomationsSearch } from '../automations-search.ts'
import { WorkflowEntry } from './workflow-entry.tsx'

/** What several agents did one after the other, step by step. */
export function WorkflowsView({ session, search: { run, batch } }: { session: CurrentSession; search: AutomationsSearch }) {
  const client = useQueryClient()
  const workflows = useQuery(workflowsQuery)
  const proposed = workflows.data?.filter(({ batchId }) => batchId !== null).length
  // One more that has proposed something makes more wait.
  useEffect(() => {
    if (proposed !== undefined) void client.invalidateQueries({ queryKey: ['approvals', 'waiting'] })
  }, [client, proposed])
  const isWanted = (one: { id: string; batchId: string | null }) => one.id === run || (batch !== undefined && one.batchId === batch)
  return (
    <Section
      title="Workflows"
      description={`Several agents, one after the other. Each step says what it found; what is to be changed waits for somebody’s approval.${isAdministrator(session) ? '' : ' Only you and those who look after the workspace see yours.'}`}
    >
      <Fetched query={workflows} rows={4}>
        {(runs) =>
          runs.length === 0 ? (
            <EmptyState
              icon={Waypoints}
              title="No workflow has run yet"
              action={
                <Link to="/inbox/{-$id}" params={{ id: undefined }} className={buttonClass('plain')}>
                  Open the inbox
                </Link>
              }
            >
              Open an e-mail of somebody new and choose “Make a lead of it”.
            </EmptyState>
          ) : (
            <div className="flex flex-col gap-3">
              {(run !== undefined || batch !== undefined) && !runs.some(isWanted) && (
                <EmptyLine>This workflow is not among the last hundred any more, or it is somebody else’s.</EmptyLine>
              )}
              <ul aria-label="Workflows" className="divide-y divide-line rounded-panel border">
                {runs.map((one) => (
                  <li key={one.id}>
                    <WorkflowEntry run={one} startsOpen={isWanted(one) || one.status === 'running'} mayStop={mayWrite(session)} />
                  </li>
                ))}
              </ul>
            </div>
          )
        }
      </Fetched>
    </Section>
  )
}
