import type { Command } from 'commander'
import type { CliContext, OpenContext } from '#backend/cli/context.ts'
import { describeFinding } from '#backend/cli/doctor/finding.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { createOutgoing } from '#backend/infra/http-client/outgoing.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { type Connectivity, checkConnectivity } from '#backend/modules/insightly/index.ts'

/** `crm connectivity`: calls the CRM behind the configuration, and says how that went. */
export function registerCrm(program: Command, context: CliContext): void {
  program
    .command('crm')
    .description('the CRM behind the records')
    .command('connectivity')
    .description('call Insightly, or look at the CRM here: credentials, latency, calls left of the day')
    .action(() =>
      context.with(async (opened) => {
        const found = await check(opened)
        const problems = found.checks.filter(({ status }) => status === 'problem').length
        const verdict = found.ok ? 'The CRM can be used.' : `${problems} ${problems === 1 ? 'problem' : 'problems'} found.`
        context.print(found, [...found.checks.map(describeFinding), verdict].join('\n'))
        if (!found.ok) process.exitCode = 1
      }),
    )
}

function check(opened: OpenContext): Promise<Connectivity> {
  const { database, actor, config, logger } = opened
  const { crm, application } = config
  const { operations, secrets, records } = servicesOf(opened)
  const outgoing = createOutgoing({
    allowed: application.environment === 'development' ? ['127.0.0.1', '::1', 'localhost'] : [],
    timeoutMs: crm.requestTimeoutMs,
    maxBytes: 1,
  })
  return checkConnectivity({
    database,
    operations,
    secrets,
    actor,
    logger,
    clock: createClock(),
    apiKey: crm.insightlyApiKey,
    apiUrl: crm.insightlyApiUrl,
    maxRequests: crm.rateLimitMaxRequests,
    windowMs: crm.rateLimitWindowMs,
    requestTimeoutMs: crm.requestTimeoutMs,
    pin: (host, port) => outgoing.pinnedAddress(host, port),
    countPipelines: async () => (await records.listRecords(actor, 'pipelines', { limit: 1 })).total ?? 0,
  })
}
