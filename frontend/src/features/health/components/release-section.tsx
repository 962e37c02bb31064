import { useQuery } from '@tanstack/react-query'
import type { Release } from '#contracts/deployment.ts'
import { Fetched } from '@/components/fetched.tsx'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { deploymentQuery } from '@/lib/deployment.ts'

const unsaid = <span className="text-faint">not told</span>
const columns: readonly ListColumn<Release>[] = [
  { key: 'version', label: 'Version', phone: 'heading', className: 'figures whitespace-nowrap', cell: ({ version }) => version },
  {
    key: 'commit',
    label: 'Commit',
    className: 'font-mono text-xs whitespace-nowrap',
    cell: ({ commit }) => (commit === null ? unsaid : <span title={commit}>{commit.slice(0, 12)}</span>),
  },
  { key: 'build', label: 'Build', className: 'figures whitespace-nowrap', cell: ({ build }) => build ?? unsaid },
  { key: 'by', label: 'Deployed by', className: 'max-w-48 truncate', cell: ({ deployedBy }) => deployedBy ?? unsaid },
  { key: 'environment', label: 'Environment', cell: ({ environment }) => environment },
  { key: 'started', label: 'Started', phone: 'side', className: 'whitespace-nowrap text-faint', cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
]

/** Which release runs, and those that ran before. */
export function ReleaseSection() {
  const deployment = useQuery(deploymentQuery)
  return (
    <Section
      title="Release"
      description="What runs here. Commit, build and who deployed it are told by whoever deploys (GIT_COMMIT, BUILD_NUMBER, DEPLOYED_BY)."
    >
      <Fetched query={deployment} rows={2}>
        {(release) => (
          <div className="flex flex-col gap-4">
            <ListTable caption="The release that runs" columns={columns} rows={[release]} rowKey={() => 'now'} />
            <h3 className="text-sm font-medium">Before</h3>
            {release.previous.length === 0 ? (
              <EmptyLine>No other release has run here.</EmptyLine>
            ) : (
              <ListTable caption="Releases before" columns={columns} rows={release.previous} rowKey={({ startedAt }) => startedAt} />
            )}
          </div>
        )}
      </Fetched>
    </Section>
  )
}
