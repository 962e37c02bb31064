import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { describeProblem, inspectLoadedConfig } from '#backend/config/index.ts'

/** `config validate`: every problem of the configuration at once, with the fix for each; values are never printed. */
export function registerConfig(program: Command, context: CliContext): void {
  program
    .command('config')
    .description('the configuration')
    .command('validate')
    .description('report every problem of the configuration at once, with the fix for each')
    .action(() => {
      const { problems, warnings } = inspectLoadedConfig()
      const lines = [
        ...problems.map((problem) => `PROBLEM ${describeProblem(problem)}`),
        ...warnings.map((warning) => `warning ${describeProblem(warning)}`),
        problems.length === 0 ? 'The configuration is valid.' : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} found.`,
      ]
      context.print({ valid: problems.length === 0, problems, warnings }, lines.join('\n'))
      if (problems.length > 0) process.exitCode = 1
    })
}
