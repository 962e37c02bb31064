/** One thing wrong with the configuration; never holds a value, since many are secret. */
export interface ConfigProblem {
  variable: string
  problem: string
  /** What to do about it, as a sentence. */
  fix: string
}

/** Everything wrong with a configuration, reported at once. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(
      problems.length === 1
        ? `The configuration is wrong: ${describeProblem(problems[0] as ConfigProblem)}`
        : `The configuration has ${problems.length} problems:\n${problems.map((problem) => `  ${describeProblem(problem)}`).join('\n')}`,
    )
    this.name = 'ConfigError'
    this.problems = problems
  }
}

export function describeProblem({ variable, problem, fix }: ConfigProblem): string {
  return `${variable} ${problem}. ${fix}`
}
