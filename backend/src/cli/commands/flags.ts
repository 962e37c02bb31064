import { type Command, InvalidArgumentError } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { type Deployment, type FeatureFlag, flagNameSchema, productFlags } from '#contracts/deployment.ts'

type Wanted = Partial<Pick<FeatureFlag, 'enabled' | 'percentage'>>

/** `flags list|set|reset`: features that are switched while the server runs. */
export function registerFlags(program: Command, context: CliContext): void {
  const flags = program.command('flags').description('features that are switched while the server runs')
  flags
    .command('list', { isDefault: true })
    .description('every flag, for whom it is on, and what those decide that ChatSG asks for')
    .action(() =>
      context.with(async (opened) => {
        const { flagRules } = await servicesOf(opened).deployment.describe(opened.actor)
        context.print({ flags: flagRules }, Object.keys(flagRules).sort().map(lineOf(flagRules)).join('\n'))
      }),
    )
  flags
    .command('set')
    .description('switch one, for all or for a share of the people')
    .argument('<name>', 'letters, digits, dots and dashes', readName)
    .argument('<share>', 'on, off, or a percentage such as 10%', readShare)
    .option('--for <names>', 'for whom it is on whatever the share: ids of people or workspaces, or roles, separated by commas', readTargets)
    .action((name: string, wanted: Wanted, options: { for?: string[] }) =>
      change(context, name, { ...wanted, ...(options.for === undefined ? {} : { targets: options.for }) }),
    )
  flags
    .command('reset')
    .description('give one back to the configuration')
    .argument('<name>', undefined, readName)
    .action((name: string) => change(context, name, null))
}

function change(context: CliContext, name: string, wanted: Partial<FeatureFlag> | null): Promise<void> {
  return context.with(async (opened) => {
    const { flagRules } = await servicesOf(opened).deployment.changeFlags(opened.actor, { [name]: wanted })
    const flag = flagRules[name]
    context.print({ name, flag: flag ?? null }, flag === undefined ? `${name} is no flag any more.` : lineOf(flagRules)(name))
  })
}

function lineOf(rules: Deployment['flagRules']): (name: string) => string {
  return (name) => {
    const flag = rules[name] as FeatureFlag
    const about = Object.entries(productFlags).find(([known]) => known === name)?.[1].about ?? 'nothing here asks for it'
    return `${name}\t${shareOf(flag)}\t${flag.source}\t${about}`
  }
}

function shareOf({ enabled, percentage, targets }: FeatureFlag): string {
  if (!enabled) return 'off'
  if (percentage === 100) return 'on'
  return `${percentage}%${targets.length === 0 ? '' : ` and ${targets.join(', ')}`}`
}

function readName(text: string): string {
  const { success, data } = flagNameSchema.safeParse(text)
  if (!success) throw new InvalidArgumentError('A flag begins with a letter and has letters, digits, dots and dashes, at most 60.')
  return data
}

function readShare(text: string): Wanted {
  if (text === 'on') return { enabled: true, percentage: 100 }
  if (text === 'off') return { enabled: false }
  const percentage = /^(\d{1,3})%?$/.exec(text)?.[1]
  if (percentage === undefined || Number(percentage) > 100) throw new InvalidArgumentError('It is on, off, or a whole percentage from 0% to 100%.')
  return { enabled: true, percentage: Number(percentage) }
}

function readTargets(text: string): string[] {
  return text
    .split(',')
    .map((target) => target.trim())
    .filter((target) => target !== '')
}
