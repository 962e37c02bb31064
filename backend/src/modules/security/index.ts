export { accessRoutes, sessionCookie } from './access.routes.ts'
export { type AccessService, createAccessService, type DefaultOwner, type WebSession } from './access.service.ts'
export { auditRoutes } from './audit/audit.routes.ts'
export { createAudit } from './audit/audit.service.ts'
export { type Bans, createBans } from './bans/bans.service.ts'
export { toShownText } from './content/shown-text.ts'
export { createKeyRing, type KeyRing } from './encryption/key-ring.ts'
export { createRotation, type RotationHolder, workspacesHolder } from './encryption/rotation.ts'
export { createSecretsService, type SecretsService } from './encryption/secrets.service.ts'
export { testEncryption } from './encryption/self-test.ts'
export { createMailDelivery, createWebhookDelivery } from './events/alert-ways.ts'
export { createSecurityAlerts } from './events/security-alerts.ts'
export type { SecurityEventSink } from './events/security-event.ts'
export { createSecurityEvents, type SecurityEvents } from './events/security-events.service.ts'
export { createInsuredPoints } from './limits/insured-points.ts'
export { createPointKey } from './limits/point-key.ts'
export type { PointStore } from './limits/point-store.ts'
export { createPostgresPoints } from './limits/postgres-points.ts'
export { createRequestLimits, type RequestLimits } from './limits/request-limits.ts'
export { createSignInGuard } from './limits/sign-in-guard.ts'
export { createMailer } from './mail/mailer.ts'
export { createOperations, type Operation, type OperationEntry, type Operations } from './operations.ts'
export { createPosture } from './posture/posture.service.ts'
export { wasAnybodyErased } from './privacy/erasures.repository.ts'
export { privacyRoutes } from './privacy/privacy.routes.ts'
export { createPrivacy } from './privacy/privacy.service.ts'
export { securityRoutes } from './security.routes.ts'
export {
  assessRequest,
  assessText,
  blockAt,
  type RequestParts,
  type ThreatAssessment,
  type ThreatKind,
  type ThreatReason,
} from './threats/index.ts'
