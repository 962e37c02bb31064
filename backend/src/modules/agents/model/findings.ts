import type { ChatAnswer, Citation, MessagePart } from '#contracts/chat.ts'
import type { ToolOutcome } from '../tools/registry.ts'

const mostCitations = 20
const mostResults = 3

/** What the tools of one answer found, as the answer shows it. */
export interface Findings {
  add(outcome: ToolOutcome): void
  /** Records that the text names, or all where it names none. */
  citations(text: string): Citation[]
  /** The last results, and the proposals of each batch. */
  parts(): MessagePart[]
  coverage(): ChatAnswer['coverage']
}

export function createFindings(): Findings {
  const cited = new Map<string, Citation>()
  const results: { key: string; parts: MessagePart[] }[] = []
  const batches = new Map<string, Extract<MessagePart, { type: 'data-proposals' }>['data']>()
  let coverage: ChatAnswer['coverage'] = null

  return {
    add(outcome) {
      for (const citation of outcome.citations) cited.set(`${citation.entity} ${citation.id}`, citation)
      if (outcome.parts.length > 0) {
        const key = JSON.stringify(outcome.parts.filter(({ type }) => type === 'data-plan'))
        const before = results.findIndex((result) => result.key === key)
        if (before !== -1) results.splice(before, 1)
        results.push({ key, parts: outcome.parts })
      }
      if (outcome.coverage !== undefined) {
        const { matched, shown, asOf } = outcome.coverage
        coverage =
          coverage === null
            ? outcome.coverage
            : { matched: coverage.matched + matched, shown: coverage.shown + shown, asOf: [coverage.asOf, asOf].toSorted()[0] ?? asOf }
      }
      if (outcome.proposed === undefined) return
      const { batchId, proposals } = outcome.proposed
      const known = batches.get(batchId)?.proposals ?? []
      const ids = new Set(proposals.map(({ id }) => id))
      batches.set(batchId, { batchId, proposals: [...known.filter(({ id }) => !ids.has(id)), ...proposals] })
    },
    citations(text) {
      const all = [...cited.values()]
      const named = all.filter(({ label, url }) => text.includes(url) || (label.length > 2 && text.includes(label)))
      return (named.length > 0 ? named : all).slice(0, mostCitations)
    },
    parts: () => [
      ...results.slice(-mostResults).flatMap(({ parts }) => parts),
      ...[...batches.values()].map((data) => ({ type: 'data-proposals' as const, data })),
    ],
    coverage: () => coverage,
  }
}
