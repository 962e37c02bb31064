/** Accounts, people, keys, security events, audit and privacy over HTTP. */
import { z } from 'zod'

export const roleSchema = z.enum(['owner', 'admin', 'manager', 'rep', 'viewer'])
export const keyScopeSchema = z.enum(['crm:read', 'crm:write', 'crm:import', 'chat', 'account', 'workspace:admin'])
export type KeyScope = z.infer<typeof keyScopeSchema>

/** `GET /api/auth/session`, and the answer of each sign-in. */
export const whoSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), role: roleSchema }),
  workspace: z.object({ id: z.string(), name: z.string(), currency: z.string(), timeZone: z.string() }),
  /** Every workspace this person may switch to. */
  workspaces: z.array(z.object({ id: z.string(), name: z.string(), role: roleSchema })),
  account: z.object({ hasPassword: z.boolean(), twoFactorEnabled: z.boolean() }).nullable(),
})
export type Who = z.infer<typeof whoSchema>

/** `GET /api/auth/ways`: what the sign-in page offers. */
export const signInWaysSchema = z.object({
  password: z.boolean(),
  /** Outside providers, such as Microsoft. */
  providers: z.array(z.object({ id: z.string(), label: z.string() })),
  /** Whether a forgotten password can be reset by mail. */
  mail: z.boolean(),
})
export type SignInWays = z.infer<typeof signInWaysSchema>

/** `GET /api/people`: everybody of the workspace, with or without an account. */
export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: roleSchema,
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  active: z.boolean(),
  hasAccount: z.boolean(),
  twoFactorEnabled: z.boolean(),
  lastSeenAt: z.string().nullable(),
})
export type Person = z.infer<typeof personSchema>
export const personChangeSchema = z
  .object({ name: z.string().trim().min(1).max(200), role: roleSchema, teamId: z.uuid().nullable(), active: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change.')
export const teamSchema = z.object({ id: z.string(), name: z.string(), members: z.int() })
export type Team = z.infer<typeof teamSchema>
export const teamInputSchema = z.object({ name: z.string().trim().min(1).max(100) })

export const invitationInputSchema = z.object({ email: z.email().max(320), role: roleSchema, teamId: z.uuid().nullable().optional() })
export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  invitedBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  status: z.enum(['pending', 'accepted', 'revoked', 'expired']),
  /** Shown once, when it was made: to hand over when no mail is set up. */
  link: z.string().optional(),
  mailed: z.boolean().optional(),
})
export type Invitation = z.infer<typeof invitationSchema>
/** `GET /api/auth/invitation?token=`, public. */
export const invitationViewSchema = z.object({ email: z.string(), workspace: z.string(), invitedBy: z.string(), role: roleSchema, hasAccount: z.boolean() })
export type InvitationView = z.infer<typeof invitationViewSchema>
/** `POST /api/auth/invitation/accept`, public. */
export const invitationAcceptSchema = z.object({ token: z.string().min(20).max(200), name: z.string().trim().min(1).max(200), password: z.string().max(1000) })

/** `GET /api/account/sessions`: where I am signed in. */
export const accountSessionSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  current: z.boolean(),
})
export type AccountSession = z.infer<typeof accountSessionSchema>

export const apiKeyInputSchema = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(keyScopeSchema).min(1),
  /** Days; null never expires. */
  expiresInDays: z.int().min(1).max(3650).nullable(),
})
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(keyScopeSchema),
  user: z.object({ id: z.string(), name: z.string() }),
  /** The first characters, to recognise it by. */
  prefix: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  /** Shown once, when it was made. */
  key: z.string().optional(),
})
export type ApiKey = z.infer<typeof apiKeySchema>

export const securityEventTypeSchema = z.enum(['authentication', 'authorization', 'threat', 'rate_limit', 'data_access', 'configuration'])
export const severitySchema = z.enum(['low', 'medium', 'high', 'critical'])
export type SecurityEventType = z.infer<typeof securityEventTypeSchema>
export type Severity = z.infer<typeof severitySchema>
export const securityEventSchema = z.object({
  id: z.string(),
  type: securityEventTypeSchema,
  severity: severitySchema,
  ip: z.string().nullable(),
  userId: z.string().optional(),
  userAgent: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  timestamp: z.string(),
})
export type SecurityEvent = z.infer<typeof securityEventSchema>

/** One line of `GET /api/security/posture`. */
export const postureCheckSchema = z.object({
  id: z.string(),
  label: z.string(),
  state: z.enum(['good', 'warning', 'bad']),
  /** What was found, and what to do about it. */
  detail: z.string(),
})
export type PostureCheck = z.infer<typeof postureCheckSchema>

/** One line of the audit trail, `GET /api/audit`. */
export const auditEntrySchema = z.object({
  sequence: z.int(),
  time: z.string(),
  event: z.string(),
  operation: z.string(),
  outcome: z.enum(['ok', 'denied', 'error']),
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  sessionId: z.string().nullable(),
  query: z.unknown(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  hash: z.string(),
  previousHash: z.string(),
})
export type AuditEntryView = z.infer<typeof auditEntrySchema>

/** `GET /api/audit/verify`. */
export const auditVerificationSchema = z.object({
  valid: z.boolean(),
  entries: z.int(),
  /** Entries removed by retention, whose last hash the chain still starts from. */
  retired: z.int(),
  head: z.string().nullable(),
  firstBroken: z.object({ sequence: z.int(), reason: z.string() }).nullable(),
  verifiedAt: z.string(),
})
export type AuditVerification = z.infer<typeof auditVerificationSchema>

/** `POST /api/privacy/export` and `/api/privacy/erase`: everything about one person, found by e-mail address or by a contact's or lead's id. */
export const privacySubjectSchema = z
  .object({ email: z.email().max(320), recordId: z.uuid() })
  .partial()
  .refine((subject) => (subject.email === undefined) !== (subject.recordId === undefined), 'Name either the e-mail address or the record.')
export const erasureCertificateSchema = z.object({
  id: z.string(),
  subject: z.string(),
  requestedBy: z.string(),
  erasedAt: z.string(),
  /** How many of each kind went, or were made anonymous. */
  erased: z.record(z.string(), z.int()),
  anonymised: z.record(z.string(), z.int()),
  /** What stays, and why. */
  kept: z.array(z.object({ what: z.string(), why: z.string() })),
  sha256: z.string(),
})
export type ErasureCertificate = z.infer<typeof erasureCertificateSchema>
