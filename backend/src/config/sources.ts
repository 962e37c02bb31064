import { readFileSync } from 'node:fs'
import type { ConfigProblem } from './config-error.ts'
import { type Environment, type Variable, variables } from './schema.ts'

/** Variables by name, as a process environment holds them. */
export type Variables = Readonly<Record<string, string | undefined>>

/** A text that counts: empty and blank are the same as unset. */
function set(value: string | undefined): string | undefined {
  const trimmed = value?.trim()
  return trimmed === '' ? undefined : trimmed
}

function spellings(variable: Variable<unknown>): string[] {
  return [variable.name, ...variable.aliases].flatMap((name) => (variable.secret ? [name, `${name}_FILE`] : [name]))
}

/**
 * One environment out of several, the first that sets a variable winning, whichever of its names each of them uses.
 */
export function mergeSources(sources: readonly Variables[]): Record<string, string> {
  const merged: Record<string, string> = {}
  for (const { variable } of variables) {
    const names = spellings(variable)
    const winner = sources.find((source) => names.some((name) => set(source[name]) !== undefined))
    if (winner === undefined) continue
    for (const name of names) {
      const value = set(winner[name])
      if (value !== undefined) merged[name] = value
    }
  }
  return merged
}

export interface RawValue {
  text: string
  /** The name it was found under; undefined when it is a default. */
  name: string | undefined
}

/** Finds what one variable was set to, in the environment, a file it names, or the defaults. */
export function readRaw(
  variable: Variable<unknown>,
  env: Variables,
  defaults: Variables,
  readFile: (path: string) => string,
  report: { problem(problem: ConfigProblem): void; warning(problem: ConfigProblem): void },
): RawValue | undefined {
  const found = spellings(variable).filter((name) => set(env[name]) !== undefined)
  const [first, ...others] = found
  if (first === undefined) {
    const fallback = set(defaults[variable.name]) ?? variable.default
    return fallback === undefined ? undefined : { text: fallback, name: undefined }
  }
  for (const other of others) {
    if (env[other]?.trim() !== env[first]?.trim()) {
      report.warning({ variable: other, problem: `is ignored, because ${first} is set as well`, fix: `Remove one of the two.` })
    }
  }
  const value = set(env[first]) as string
  if (!variable.secret || !first.endsWith('_FILE')) return { text: value, name: first }
  try {
    const content = set(readFile(value))
    if (content !== undefined) return { text: content, name: first }
    report.problem({ variable: first, problem: 'names an empty file', fix: 'Write the secret into that file, or remove the variable.' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    report.problem({ variable: first, problem: `names a file that cannot be read (${code ?? 'unknown error'})`, fix: 'Check the path and its permissions.' })
  }
  return undefined
}

/** The defaults that `backend/config/<environment>.json` holds, and what is wrong with that file. */
export function readDefaults(environment: Environment): { defaults: Variables; problems: ConfigProblem[] } {
  const name = `backend/config/${environment}.json`
  let entries: [string, unknown][]
  try {
    entries = Object.entries(JSON.parse(readFileSync(new URL(`../../config/${environment}.json`, import.meta.url), 'utf8')) as object)
  } catch (error) {
    const problem = error instanceof SyntaxError ? 'is not valid JSON' : `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`
    return { defaults: {}, problems: [{ variable: name, problem, fix: 'Restore the file.' }] }
  }
  const known = new Set(variables.filter(({ variable }) => !variable.secret).map(({ variable }) => variable.name))
  return {
    defaults: Object.fromEntries(entries.filter(([key]) => known.has(key)).map(([key, value]) => [key, String(value)])),
    problems: entries
      .filter(([key]) => !known.has(key))
      .map(([key]) => ({
        variable: key,
        problem: `cannot be set in ${name}`,
        fix: 'Correct its name (backend/.env.example lists every one); secrets belong into the environment.',
      })),
  }
}
