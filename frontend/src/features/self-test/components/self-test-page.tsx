import type { SelfTestSearch } from '../self-test-search.ts'
import { RunDetail } from './run-detail.tsx'
import { RunsView } from './runs-view.tsx'

/** ChatSG tests itself: what was run, how it went, and a new run. */
export function SelfTestPage({ search, onSearch }: { search: SelfTestSearch; onSearch: (next: SelfTestSearch) => void }) {
  const open = (run: string | undefined) => onSearch({ run })
  return search.run === undefined ? <RunsView onOpen={open} /> : <RunDetail key={search.run} id={search.run} onBack={() => open(undefined)} />
}
