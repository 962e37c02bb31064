import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { exportFormats, importableEntities } from '#contracts/import.ts'
import { type Filter, filterSchema } from '#contracts/query.ts'

interface Options {
  entity: string
  format: string
  out?: string
  filter?: string
  sort?: string
  query?: string
}

/** `export --entity contacts --format csv [--out FILE]`: all records of one kind, or those that a filter holds for. */
export function registerExport(program: Command, context: CliContext): void {
  program
    .command('export')
    .requiredOption('--entity <entity>', `one of ${importableEntities.join(', ')}`)
    .option('--format <format>', exportFormats.join(', '), 'csv')
    .option('--filter <json>', 'a filter of the typed query, for example {"field":"city","op":"eq","value":"London"}')
    .option('--sort <fields>', 'a field, with a leading - for descending; several separated by commas')
    .option('--query <words>', 'search words')
    .option('--out <file>', 'file to write; the standard output when left out')
    .description('export records of one kind')
    .action((options: Options) =>
      context.with(async (opened) => {
        const entity = importableEntities.find((name) => name === options.entity)
        if (entity === undefined) throw new AppError('VALIDATION', `"${options.entity}" cannot be exported; choose one of ${importableEntities.join(', ')}.`)
        const format = exportFormats.find((name) => name === options.format)
        if (format === undefined) throw new AppError('VALIDATION', `"${options.format}" is no format of an export; choose one of ${exportFormats.join(', ')}.`)
        const filter = options.filter === undefined ? undefined : parseFilter(options.filter)
        const file = await servicesOf(opened).exports.exportFile(opened.actor, { entity, format, filter, sort: options.sort, q: options.query })
        if (options.out === undefined) await pipeline(Readable.from(file.content), process.stdout, { end: false })
        else {
          await pipeline(Readable.from(file.content), createWriteStream(options.out))
          context.print({ file: options.out }, `Written to ${options.out}`)
        }
      }),
    )
}

function parseFilter(text: string): Filter {
  const advice = 'The filter is not one of the typed query; write it like {"field":"city","op":"eq","value":"London"}.'
  try {
    const parsed = filterSchema.safeParse(JSON.parse(text))
    if (parsed.success) return parsed.data
  } catch (cause) {
    throw new AppError('VALIDATION', advice, { cause })
  }
  throw new AppError('VALIDATION', advice)
}
