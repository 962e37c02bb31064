import type { Rule } from './rule.ts'
import type { SourceFile } from './source-tree.ts'

/** Files that need each other when the program runs; types alone need nobody. */
export const circleRule: Rule = {
  name: 'no circles',
  check: (files) =>
    findCircles(files).map((circle) => ({
      rule: 'no circles',
      path: circle[0] as string,
      line: 1,
      message: [...circle, circle[0]].join(' → '),
    })),
}

/** Each group of files that can all reach each other, as one circle through it. */
function findCircles(files: readonly SourceFile[]): string[][] {
  const known = new Set(files.map(({ path }) => path))
  const edges = new Map(
    files.map(({ path, imports }) => [path, imports.filter(({ isTypeOnly, target }) => !isTypeOnly && known.has(target)).map(({ target }) => target)]),
  )
  const circles: string[][] = []
  const state = new Map<string, 'open' | 'done'>()
  const trail: string[] = []
  const visit = (path: string) => {
    state.set(path, 'open')
    trail.push(path)
    for (const next of edges.get(path) ?? []) {
      if (state.get(next) === 'open') circles.push(trail.slice(trail.indexOf(next)))
      else if (!state.has(next)) visit(next)
    }
    trail.pop()
    state.set(path, 'done')
  }
  for (const path of known) if (!state.has(path)) visit(path)
  return circles
}
