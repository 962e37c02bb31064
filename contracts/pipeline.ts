/** The pipeline report over HTTP. */
import { z } from 'zod'

const money = z.string().describe('decimal string')

export const pipelineReportSchema = z.object({
  /** A block per pipeline and currency; currencies are never added. */
  pipelines: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      currency: z.string().nullable(),
      /** Counts and values are of open deals; `conversionToNext` is the share of deals that reached this stage and also the next. */
      stages: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          count: z.int(),
          value: money,
          weightedValue: money,
          meanAgeDays: z.number().nullable(),
          conversionToNext: z.number().nullable(),
        }),
      ),
      winRate: z.number().nullable(),
      meanCycleDays: z.number().nullable(),
      velocityPerDay: money.nullable(),
      stalled: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          stage: z.string().nullable(),
          value: money.nullable(),
          currency: z.string().nullable(),
          owner: z.string().nullable(),
          daysInStage: z.int(),
        }),
      ),
    }),
  ),
  coverage: z.object({ matched: z.int(), total: z.int(), asOf: z.string() }),
})
export type PipelineReport = z.infer<typeof pipelineReportSchema>
