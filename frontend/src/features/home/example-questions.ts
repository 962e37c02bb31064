import type { WorkspaceGlance } from './api/workspace.ts'

/** Questions that this workspace's own records can answer. */
export function exampleQuestions({ counts, city, owner, organisation }: WorkspaceGlance): string[] {
  const has = (entity: keyof WorkspaceGlance['counts']) => (counts[entity] ?? 0) > 0
  const questions = [
    has('opportunities') ? 'How is the pipeline doing?' : null,
    has('opportunities') ? 'Top 10 open opportunities by value' : null,
    has('contacts') && city !== null ? `Contacts in ${city}` : null,
    has('opportunities') && owner !== null ? `Open opportunities of ${owner}` : null,
    has('leads') ? 'New leads this month by source' : null,
    has('orders') ? 'Revenue by month this year' : null,
    has('opportunities') && organisation !== null ? `Opportunities of ${organisation}` : null,
    has('tasks') ? 'Overdue tasks by owner' : null,
    has('contacts') ? 'Newest contacts' : null,
    has('events') ? 'Events next week' : null,
  ]
  return questions.filter((question) => question !== null).slice(0, 6)
}

export const isEmptyWorkspace = ({ counts }: WorkspaceGlance): boolean => Object.values(counts).every((count) => count === 0)
