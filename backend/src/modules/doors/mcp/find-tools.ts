import type { Tool } from '#backend/kernel/tool.ts'
import { fold } from '#contracts/fold.ts'

export interface ToolSummary {
  tool: string
  title: string
  effect: Tool['effect']
  /** First sentence of the description. */
  about: string
}

/** Tools in a line each; with words, those that speak of most of them first, and none that speaks of none. */
export function findTools(tools: readonly Tool[], words = ''): ToolSummary[] {
  const wanted = fold(words)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)
  const scored = tools.map((tool) => {
    const text = fold(`${tool.name} ${tool.title} ${tool.description}`)
    return { tool, hits: wanted.filter((word) => text.includes(word)).length }
  })
  return scored
    .filter(({ hits }) => wanted.length === 0 || hits > 0)
    .toSorted((left, right) => right.hits - left.hits)
    .map(({ tool: { name, title, effect, description } }) => ({ tool: name, title, effect, about: description.split(/(?<=\.)\s/)[0] ?? '' }))
}
