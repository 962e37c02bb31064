import { readdir } from 'node:fs/promises'
import { Command } from 'commander'
import { ConfigError, describeProblem } from '#backend/config/index.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type CliContext, createCliContext } from './context.ts'

type Register = (program: Command, context: CliContext) => void

const fileProblems: Readonly<Record<string, string>> = {
  ENOENT: 'cannot be used: there is no such file or folder',
  ENOTDIR: 'cannot be used: a part of its path is not a folder',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be used by this user',
  EPERM: 'may not be used by this user',
  EROFS: 'cannot be written: the disk is read-only',
  ENOSPC: 'cannot be written: the disk is full',
}

const program = new Command('chatsg')
  .description('Operator commands; they work while the server runs.')
  .option('--json', 'print JSON')
  .showHelpAfterError()
  .enablePositionalOptions(false)
const isJson = () => program.opts().json === true || process.argv.includes('--json')
const context = createCliContext(isJson)
// Whoever asked for JSON reads JSON of a command that was typed wrong too. Commands that are registered from here on inherit this.
program.configureOutput({
  outputError: (text, write) => (isJson() ? context.fail(text.replace(/^error: /, '').trim()) : write(text)),
  writeErr: (text) => isJson() || process.stderr.write(text),
})
program.exitOverride((ended) => {
  // A group of commands without the name of one shows its help, which is an error to a program.
  if (isJson() && ended.code === 'commander.help' && ended.exitCode !== 0) context.fail('A command is missing; --help names those there are.')
  process.exit(ended.exitCode)
})

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
  else context.fail(error instanceof Error ? sentenceOf(error) : String(error))
}

/** What the system says about a file, in words. */
function sentenceOf(error: NodeJS.ErrnoException): string {
  const { code = '', path } = error
  // A folder that is read as a file is told without its name.
  if (!(code in fileProblems) || (path === undefined && code !== 'EISDIR')) return error.message
  return `${path ?? 'The file'} ${fileProblems[code]} (${code}).`
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)])
}
