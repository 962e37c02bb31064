import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'

/** `sign-in-link`: prints a link that signs the workspace's owner in, once. */
export function registerSignInLink(program: Command, context: CliContext): void {
  program
    .command('sign-in-link')
    .description('print a one-time link that signs you in as the workspace owner')
    .action(() =>
      context.with(async (opened) => {
        const url = `${opened.config.application.appUrl}/sign-in?token=${await servicesOf(opened).access.createSignInLink()}`
        context.print({ url }, url)
      }),
    )
}
