export { chatRoutes } from './chat.routes.ts'
export { type ChatLimits, type ChatService, type ChatServiceDependencies, createChatService, type Question } from './chat.service.ts'
export { restoreSession } from './restore-session.ts'
