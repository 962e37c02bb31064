import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { importableEntities } from '#contracts/import.ts'

/** `export --entity contacts --format csv [--out FILE]`: all records of one kind. */
export function registerExport(program: Command, context: CliContext): void {
  program
    .command('export')
    .requiredOption('--entity <entity>', `one of ${importableEntities.join(', ')}`)
    .option('--format <format>', 'csv or json', 'csv')
    .option('--out <file>', 'file to write; the standard output when left out')
    .description('export all records of one kind')
    .action((options: { entity: string; format: string; out?: string }) =>
      context.with(async (opened) => {
        const entity = importableEntities.find((name) => name === options.entity)
        if (entity === undefined) throw new AppError('VALIDATION', `"${options.entity}" cannot be exported; choose one of ${importableEntities.join(', ')}.`)
        if (options.format !== 'csv' && options.format !== 'json') throw new AppError('VALIDATION', 'The format is csv or json.')
        const file = await servicesOf(opened).exports.exportFile(opened.actor, { entity, format: options.format })
        if (options.out === undefined) await pipeline(Readable.from(file.content), process.stdout, { end: false })
        else {
          await pipeline(Readable.from(file.content), createWriteStream(options.out))
          context.print({ file: options.out }, `Written to ${options.out}`)
        }
      }),
    )
}
