import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { circleRule } from './architecture/circles.ts'
import { directionRules } from './architecture/directions.ts'
import { lineRules } from './architecture/lines.ts'
import { routeRules } from './architecture/routes.ts'
import type { Rule, Violation } from './architecture/rule.ts'
import { readSourceTree } from './architecture/source-tree.ts'

/** The rules of docs/ARCHITECTURE.md for the modules that a repository has today. */
export function architectureRules(root: string): Rule[] {
  const folder = join(root, 'backend/src/modules')
  const modules = existsSync(folder) ? readdirSync(folder) : []
  return [...directionRules(modules), ...lineRules, ...routeRules, circleRule]
}

/** Every place where a repository breaks them. */
export function checkArchitecture(root: string): Violation[] {
  const files = readSourceTree(root)
  return architectureRules(root).flatMap((rule) => rule.check(files))
}
