export { emailRoutes } from './email.routes.ts'
export { emailChanges } from './email-changes.ts'
export { createEmailsService, type EmailsService } from './emails.service.ts'
