import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { scoreLines } from '#backend/cli/threat-score/report.ts'
import { scoreThreats } from '#backend/cli/threat-score/score.ts'

const dataBesideCheckout = resolve(import.meta.dirname, '../../../../../shared/data')

/** `security score`: how much the threat detector catches and wrongly flags, against its targets; opens no database. */
export function registerSecurity(program: Command, context: CliContext): void {
  program
    .command('security')
    .description('the threat detector')
    .command('score')
    .description('measure the threat detector on attack lists and on what people write')
    .option('--data <folder>', 'the folder that holds threat/, email/ and product_search/', dataBesideCheckout)
    .action(({ data }: { data: string }) => {
      const score = scoreThreats(resolve(data))
      context.print(score, scoreLines(score).join('\n'))
      if (!score.isMet) process.exitCode = 1
    })
}
