import { readdir } from 'node:fs/promises'
import { Command } from 'commander'
import { ConfigError, describeProblem } from '#backend/config/index.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type CliContext, createCliContext } from './context.ts'

type Register = (program: Command, context: CliContext) => void

const program = new Command('chatsg')
  .description('Operator commands; they work while the server runs.')
  .option('--json', 'print JSON')
  .showHelpAfterError()
  .enablePositionalOptions(false)
const context = createCliContext(() => program.opts().json === true || process.argv.includes('--json'))

const files = (await readdir(new URL('./commands/', import.meta.url))).filter((file) => /^[a-z-]+\.ts$/.test(file)).sort()
// A command that is named brings its own file alone: it starts faster, and works when another one is broken.
const named = files.filter((file) => file === `${process.argv[2]}.ts`)
for (const file of named.length > 0 ? named : files) {
  const module = (await import(new URL(`./commands/${file}`, import.meta.url).href)) as Record<string, unknown>
  const register = Object.entries(module).find(([name]) => name.startsWith('register'))?.[1] as Register | undefined
  if (register === undefined) throw new Error(`The command file ${file} registers nothing.`)
  register(program, context)
}
// `--json` may stand behind any command.
for (const command of allCommands(program)) if (!command.options.some((option) => option.long === '--json')) command.option('--json', 'print JSON')

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof ConfigError) context.fail(error.problems.map(describeProblem).join('\n'))
  else if (error instanceof AppError)
    context.fail(
      [
        error.message,
        ...(error.details ?? []).map((detail) => `  ${detail.row === undefined ? '' : `row ${detail.row}, `}${detail.field ?? ''}: ${detail.message}`),
      ].join('\n'),
    )
  else context.fail(error instanceof Error ? error.message : String(error))
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)])
}
