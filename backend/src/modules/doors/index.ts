export { createMcpDoor, mcpRoutes } from './mcp/mcp.routes.ts'
export { createCompletionsService } from './openai/completions.service.ts'
export { openaiRoutes } from './openai/openai.routes.ts'
