import { type Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { roles } from '#backend/kernel/actor.ts'

type Role = (typeof roles)[number]

/** `users create|list|reset-password`: who may sign in, in every workspace. */
export function registerUsers(program: Command, context: CliContext): void {
  const users = program.command('users').description('people who may sign in')

  users
    .command('create')
    .description('make an account and let it into a workspace; a workspace that is not there is made')
    .requiredOption('--email <address>', 'address to sign in with', readEmail)
    .requiredOption('--name <name>', 'name of the person', readName)
    .option('--password <password>', 'at least 12 characters; not needed for an account that is there already')
    .requiredOption('--role <role>', roles.join(', '), readRole)
    .option('--workspace <workspace>', 'name or id; the first workspace when left out', readName)
    .action((options: { email: string; name: string; password?: string; role: Role; workspace?: string }) =>
      context.with(async (opened) => {
        const user = await servicesOf(opened).access.operator(opened.adminUrl).createUser(options)
        const { name, created } = user.workspace
        context.print(user, `${user.name} (${user.email}) is ${user.role} of ${created ? 'the new workspace ' : ''}${name}.`)
      }),
    )

  users
    .command('list')
    .description('list the people of every workspace')
    .action(() =>
      context.with(async (opened) => {
        const people = await servicesOf(opened).access.operator(opened.adminUrl).listUsers()
        const lines = people.map(({ workspace, name, email, role, active, hasAccount, id }) =>
          [workspace, name, email ?? '-', role, active ? (hasAccount ? 'active' : 'no account') : 'deactivated', id].join('\t'),
        )
        context.print(people, lines.join('\n'))
      }),
    )

  users
    .command('reset-password')
    .description('set a new password and sign the account out everywhere')
    .requiredOption('--email <address>', 'address of the account', readEmail)
    .requiredOption('--password <password>', 'at least 12 characters')
    .option('--remove-two-factor', 'for somebody who lost both the authenticator app and the backup codes', false)
    .action(({ email, password, removeTwoFactor }: { email: string; password: string; removeTwoFactor: boolean }) =>
      context.with(async (opened) => {
        await servicesOf(opened).access.operator(opened.adminUrl).resetPassword({ email, password, removesTwoFactor: removeTwoFactor })
        context.print({ email, reset: true, twoFactorRemoved: removeTwoFactor }, `The password of ${email} is set; it is signed out everywhere.`)
      }),
    )
}

function readEmail(text: string): string {
  const email = text.trim()
  if (email.length > 320 || !z.email().safeParse(email).success) throw new InvalidArgumentError('It is not an e-mail address.')
  return email
}

function readName(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > 200) throw new InvalidArgumentError('It needs 1 to 200 characters.')
  return name
}

function readRole(text: string): Role {
  const role = roles.find((candidate) => candidate === text)
  if (role === undefined) throw new InvalidArgumentError(`It is one of: ${roles.join(', ')}.`)
  return role
}
