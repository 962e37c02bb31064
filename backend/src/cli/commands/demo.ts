import type { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { runSeed, scaleOption } from './seed.ts'

export function registerDemo(program: Command, context: CliContext): void {
  program
    .command('demo')
    .description('load the demo company into an empty workspace (short for: seed --scenario demo)')
    .addOption(scaleOption())
    .action(({ scale }: { scale: number }) => runSeed(context, { scenario: 'demo', scale }))
}
