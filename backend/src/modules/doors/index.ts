export { createMcpDoor, mcpRoutes } from './mcp/mcp.routes.ts'
export type { ToolCatalogue } from './mcp/tool-catalogue.ts'
export { createCompletionsService } from './openai/completions.service.ts'
export { openaiRoutes } from './openai/openai.routes.ts'
