import type { Actor } from '#backend/kernel/actor.ts'
import type { CrmQuestions, RecordsService } from '#backend/modules/crm/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Forecast, ForecastQuery } from '#contracts/forecast.ts'
import type { PipelineReport } from '#contracts/pipeline.ts'
import type { TimelineItem } from '#contracts/records.ts'
import type { Answerer } from '../answerer.ts'
import type { ConfidentialFields } from './confidential/confidential-fields.service.ts'
import { crmAskTool } from './reading/crm-ask.tool.ts'
import { emailsReadTool } from './reading/emails-read.tool.ts'
import { forecastTool } from './reading/forecast.tool.ts'
import { pipelineReportTool } from './reading/pipeline-report.tool.ts'
import { recordsGetTool } from './reading/records-get.tool.ts'
import { recordsQueryTool } from './reading/records-query.tool.ts'
import { recordsSearchTool } from './reading/records-search.tool.ts'
import { recordsTimelineTool } from './reading/records-timeline.tool.ts'
import { schemaDescribeTool } from './reading/schema-describe.tool.ts'
import type { ReadTool } from './registry.ts'

export interface ReadingToolDependencies {
  operations: Operations
  answerer: Answerer
  confidential: ConfidentialFields
  questions: CrmQuestions
  records: Pick<RecordsService, 'getRecord'>
  timeline: { listTimeline(actor: Actor, entity: EntityName, id: string, limit: number): Promise<TimelineItem[]> }
  pipelineReport: { getPipelineReport(actor: Actor, pipelineId?: string): Promise<PipelineReport> }
  forecasts: { getForecast(actor: Actor, query: ForecastQuery): Promise<Forecast> }
}

/** Every tool that only reads. */
export function createReadingTools(dependencies: ReadingToolDependencies): ReadTool[] {
  return [
    crmAskTool(dependencies),
    recordsQueryTool(dependencies),
    recordsSearchTool(dependencies),
    recordsGetTool(dependencies),
    recordsTimelineTool(dependencies),
    pipelineReportTool(dependencies),
    forecastTool(dependencies),
    schemaDescribeTool(dependencies),
    emailsReadTool(dependencies),
  ]
}
