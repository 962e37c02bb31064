import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { importableEntities, importMappingSchema } from '#contracts/import.ts'

interface Options {
  entity: string
  dryRun?: boolean
  createMissing?: boolean
  mapping?: string
  sheet?: string
}

/** `import FILE --entity contacts`: the same import as the web page's, from a file on this machine. */
export function registerImport(program: Command, context: CliContext): void {
  program
    .command('import')
    .argument('<file>', 'CSV, JSON, XLSX, vCard, .eml or mbox file')
    .requiredOption('--entity <entity>', `one of ${importableEntities.join(', ')}`)
    .option('--dry-run', 'check everything and keep nothing')
    .option('--create-missing', 'create organisations, contacts and customers that the file names')
    .option('--sheet <name>', 'of a workbook; its first sheet with rows when left out')
    .option('--mapping <json>', 'heading → column, for example {"E-mail Address":"email"}')
    .description('import a file of records')
    .action((file: string, options: Options) =>
      context.with(async (opened) => {
        const entity = importableEntities.find((name) => name === options.entity)
        if (entity === undefined) throw new AppError('VALIDATION', `"${options.entity}" cannot be imported; choose one of ${importableEntities.join(', ')}.`)
        const result = await servicesOf(opened).imports.importFile(opened.actor, createReadStream(file), {
          entity,
          fileName: basename(file),
          sheet: options.sheet,
          dryRun: options.dryRun ?? false,
          createMissing: options.createMissing ?? false,
          ...(options.mapping === undefined ? {} : { mapping: importMappingSchema.parse(JSON.parse(options.mapping)) }),
        })
        const errors = result.errors.slice(0, 20).map(({ row, field, message }) => `  row ${row}, ${field}: ${message}`)
        context.print(
          result,
          [
            `${result.total} rows: ${result.created} created, ${result.updated} updated, ${result.skipped} skipped, ${result.errors.length} with errors${options.dryRun ? ' (dry run: nothing was kept)' : ''}`,
            ...errors,
          ].join('\n'),
        )
        if (result.errors.length > 0) process.exitCode = 1
      }),
    )
}
