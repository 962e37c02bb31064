export { accessRoutes, sessionCookie } from './access.routes.ts'
export { type AccessService, createAccessService, type DefaultOwner, type WebSession } from './access.service.ts'
