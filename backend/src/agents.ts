import type { Database } from './infra/database/database.ts'
import type { Logger } from './infra/logger/logger.ts'
import type { Clock } from './kernel/clock.ts'
import type { ProposingTool } from './kernel/tool.ts'
import {
  type Answerer,
  type CrmHealth,
  createAgentService,
  createConfidentialFields,
  createModelRunner,
  createReadingTools,
  createToolRegistry,
  type LanguageModels,
  type Proposals,
} from './modules/agents/index.ts'
import { createCrmQuestions, createForecastService, createPipelineReportService, createRecordsService, createTimelineService } from './modules/crm/index.ts'
import type { Operations, SecurityEventSink } from './modules/security/index.ts'

export interface AgentParts {
  database: Database
  operations: Operations
  events: SecurityEventSink
  clock: Clock
  logger: Logger
  crmHealth?: CrmHealth
  answerer: Answerer
  proposals: Pick<Proposals, 'propose'>
  /** Everything that can be proposed. */
  changes: readonly ProposingTool[]
  models: LanguageModels
  /** People are masked before a model sees them, where a workspace does not say. */
  maskPeople?: boolean
}

/** Agents with their tools and the loop of their model, wired. */
export function createAgents({ database, operations, events, clock, logger, crmHealth, answerer, proposals, changes, models, maskPeople = false }: AgentParts) {
  const confidential = createConfidentialFields({ operations, clock, maskPeople })
  const reading = createReadingTools({
    operations,
    answerer,
    confidential,
    questions: createCrmQuestions({ operations, clock }),
    records: createRecordsService({ operations, clock }),
    timeline: createTimelineService({ operations }),
    pipelineReport: createPipelineReportService({ operations, clock }),
    forecasts: createForecastService({ operations, clock }),
  })
  const tools = createToolRegistry({ reading, proposing: changes, proposals, operations, events, clock })
  const model = createModelRunner({ models, registry: tools, confidential, logger })
  const agents = createAgentService({ database, operations, clock, logger, model, ...(crmHealth === undefined ? {} : { crmHealth }) })
  return { agents, tools, confidential }
}
