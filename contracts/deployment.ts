/** What runs here: `GET /api/deployment`, and features that are switched while it runs. */
import { z } from 'zod'

export const flagNameSchema = z.string().regex(/^[A-Za-z][\w.-]{0,59}$/, 'A flag begins with a letter and has letters, digits, dots and dashes, at most 60.')

export const featureFlagSchema = z.object({
  enabled: z.boolean(),
  /** Share of people for whom it is on while it is enabled, 0 to 100. */
  percentage: z.int(),
  /** Ids of people and workspaces, and names of roles, for whom it is on whatever the share. */
  targets: z.array(z.string()),
  /** From the configuration, or switched while running. */
  source: z.enum(['configuration', 'switched']),
  updatedAt: z.string().nullable(),
})
export type FeatureFlag = z.infer<typeof featureFlagSchema>

const releaseSchema = z.object({
  version: z.string(),
  commit: z.string().nullable(),
  build: z.string().nullable(),
  deployedBy: z.string().nullable(),
  environment: z.string(),
  startedAt: z.string(),
})
export type Release = z.infer<typeof releaseSchema>

export const deploymentSchema = releaseSchema.extend({
  /** On or off for everybody asked about; rules are in `flagRules`. */
  flags: z.record(z.string(), z.boolean()),
  flagRules: z.record(z.string(), featureFlagSchema),
  previous: z.array(releaseSchema),
})
export type Deployment = z.infer<typeof deploymentSchema>

const flagChangeSchema = z.union([
  z.boolean(),
  z.strictObject({
    enabled: z.boolean().optional(),
    percentage: z.int().min(0).max(100).optional(),
    targets: z.array(z.string().trim().min(1).max(100)).max(500).optional(),
  }),
  // Back to what the configuration says.
  z.null(),
])
export const changeFlagsSchema = z
  .record(flagNameSchema, flagChangeSchema)
  .refine((flags) => Object.keys(flags).length > 0, 'Name a flag.')
  .refine((flags) => Object.keys(flags).length <= 100, 'At most 100 flags at once.')
export type ChangeFlags = z.infer<typeof changeFlagsSchema>

export const flagHistorySchema = z.object({
  items: z.array(z.object({ name: z.string(), before: z.unknown(), after: z.unknown(), changedBy: z.string(), changedAt: z.string() })),
  nextCursor: z.string().nullable(),
  total: z.int().nullable(),
})

/** Flags that ChatSG itself asks for: whether each is on where nobody says otherwise, and what it decides. */
export const productFlags = {
  modelAnswers: { enabled: true, about: 'A language model answers what the planner is not sure of' },
} as const satisfies Record<string, { enabled: boolean; about: string }>

export type ProductFlag = keyof typeof productFlags
