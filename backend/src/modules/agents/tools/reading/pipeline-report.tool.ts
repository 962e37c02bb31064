import { z } from 'zod'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { PipelineReport } from '#contracts/pipeline.ts'
import type { ConfidentialFields } from '../confidential/confidential-fields.service.ts'
import type { ReadTool } from '../registry.ts'

const input = z.strictObject({ pipelineId: z.uuid().optional() })
const mostStalled = 10

/** Where the deals of each pipeline stand. */
export function pipelineReportTool({
  pipelineReport,
  confidential,
}: {
  pipelineReport: { getPipelineReport(actor: Actor, pipelineId?: string): Promise<PipelineReport> }
  confidential: ConfidentialFields
}): ReadTool {
  return {
    effect: 'reads',
    name: 'pipeline.report',
    title: 'Look at the pipeline',
    description:
      'Gives each pipeline by stage and currency: counts, values, weighted values, ages, win rate, cycle time, velocity, and the deals that are stalled.',
    scope: 'crm:read',
    input,
    async run({ actor }, given) {
      const kept = await confidential.of(actor)
      if (['value', 'probability', 'stage', 'state'].some((field) => kept.hides('opportunities', field)))
        throw new AppError(
          'FORBIDDEN',
          'Fields of opportunities that this report is made of are kept from language models in this workspace, or from your role.',
        )
      const { pipelines, coverage } = await pipelineReport.getPipelineReport(actor, (given as z.infer<typeof input>).pipelineId)
      const told = pipelines.map(({ stalled, ...pipeline }) => ({
        ...pipeline,
        stalledInAll: stalled.length,
        stalled: stalled.slice(0, mostStalled).map((deal) => kept.strip('opportunities', { ...deal })),
      }))
      const shown = told.flatMap(({ stalled }) => stalled)
      return {
        value: { pipelines: told, asOf: coverage.asOf },
        // Stages and pipelines are named by those who look after the workspace, deals by anybody.
        untrusted: shown.length > 0,
        citations: shown.slice(0, 20).map((deal) => ({
          entity: 'opportunity',
          id: String(deal.id),
          label: String(deal.name ?? 'Opportunity'),
          url: `/crm/opportunities/${String(deal.id)}`,
        })),
        coverage: { matched: coverage.matched, shown: shown.length, asOf: coverage.asOf },
      }
    },
  }
}
