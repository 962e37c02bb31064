import type { Command } from 'commander'
import { checkAgents } from '#backend/cli/agents-init/check-agents.ts'
import type { CliContext } from '#backend/cli/context.ts'
import { describeFinding } from '#backend/cli/doctor/finding.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { agentList } from '#backend/modules/agents/index.ts'

/** `agents-init`: builds every agent and its tools, and names the model each one uses. */
export function registerAgentsInit(program: Command, context: CliContext): void {
  program
    .command('agents-init')
    .description('build every agent and its tools, and name the model each one uses; no model is asked')
    .action(() =>
      context.with(async (opened) => {
        const { tools, modelServices } = servicesOf(opened)
        const findings = await checkAgents({ agents: agentList, registry: tools, models: modelServices.models })
        const problems = findings.filter(({ status }) => status === 'problem').length
        const verdict = problems === 0 ? `All ${findings.length} agents can be used.` : `${problems} of ${findings.length} agents cannot be used.`
        context.print({ ok: problems === 0, findings }, [...findings.map(describeFinding), verdict].join('\n'))
        if (problems > 0) process.exitCode = 1
      }),
    )
}
