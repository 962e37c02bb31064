import { type Command, InvalidArgumentError } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { type Scope, scopes } from '#backend/kernel/actor.ts'

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const longestMs = 3650 * units.d

/** `api-keys create|list|revoke`: keys for programs, in every workspace. */
export function registerApiKeys(program: Command, context: CliContext): void {
  const keys = program.command('api-keys').description('keys for programs; each acts as a person')

  keys
    .command('create')
    .description('make a key; its text is shown this once')
    .requiredOption('--user <user>', 'address or id of the person it acts as')
    .requiredOption('--name <name>', 'what it is for', readName)
    .requiredOption('--scopes <scopes>', `separated by commas: ${scopes.join(', ')}`, readScopes)
    .option('--expires <time>', 'such as 30d, 12h, 45m or 3s; never for none', readLifetime, 90 * units.d)
    .option('--workspace <workspace>', 'name or id, for somebody who is in several')
    .action(({ expires, ...options }: { user: string; name: string; scopes: Scope[]; expires: number | null; workspace?: string }) =>
      context.with(async (opened) => {
        const expiresAt = expires === null ? null : new Date(Date.now() + expires)
        const key = await servicesOf(opened)
          .access.operator(opened.adminUrl)
          .createKey({ ...options, expiresAt })
        const until = key.expiresAt === null ? 'It never expires' : `It expires at ${key.expiresAt}`
        context.print(
          { id: key.id, key: key.key, name: key.name, scopes: key.scopes, user: key.user, expiresAt: key.expiresAt },
          `${key.key}\n\nThis is key ${key.id} of ${key.user.name}. ${until}; its text is not shown again.`,
        )
      }),
    )

  keys
    .command('list')
    .description('list the keys of every workspace')
    .action(() =>
      context.with(async (opened) => {
        const list = await servicesOf(opened).access.operator(opened.adminUrl).listKeys()
        const lines = list.map(({ id, prefix, name, user, scopes: allowed, expiresAt, lastUsedAt, revokedAt }) =>
          [
            id,
            `${prefix}…`,
            name,
            user.name,
            allowed.join(','),
            revokedAt === null ? `expires ${expiresAt ?? 'never'}` : 'revoked',
            `used ${lastUsedAt ?? 'never'}`,
          ].join('\t'),
        )
        context.print(list, lines.length === 0 ? 'There are no keys.' : lines.join('\n'))
      }),
    )

  keys
    .command('revoke')
    .description('end a key; a running server refuses it within two seconds')
    .argument('<id>', 'id of the key')
    .action((id: string) =>
      context.with(async (opened) => {
        await servicesOf(opened).access.operator(opened.adminUrl).revokeKey(id)
        context.print({ id, revoked: true }, `Key ${id} is revoked.`)
      }),
    )
}

function readName(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > 100) throw new InvalidArgumentError('It needs 1 to 100 characters.')
  return name
}

function readScopes(text: string): Scope[] {
  const names = text.split(',').map((name) => name.trim())
  const known = scopes.filter((scope) => names.includes(scope))
  const unknown = names.filter((name) => !(scopes as readonly string[]).includes(name))
  if (unknown.length > 0) throw new InvalidArgumentError(`There is no scope "${unknown.join('", "')}"; there are: ${scopes.join(', ')}.`)
  return known
}

function readLifetime(text: string): number | null {
  if (text === 'never') return null
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const lifetimeMs = Number(amount) * units[unit as keyof typeof units]
  if (!(lifetimeMs > 0 && lifetimeMs <= longestMs)) throw new InvalidArgumentError('It is a time such as 30d, 12h, 45m or 3s, of at most ten years, or never.')
  return lifetimeMs
}
