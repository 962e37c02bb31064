/** Alerts about the installation over HTTP: `/api/alerts`. */
import { z } from 'zod'

export const alertSchema = z.object({
  id: z.string(),
  name: z.string(),
  severity: z.enum(['warning', 'critical']),
  /** What was measured when it was raised, and what it was compared with. */
  value: z.number(),
  threshold: z.number(),
  message: z.string(),
  raisedAt: z.string(),
  resolvedAt: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
})
export type Alert = z.infer<typeof alertSchema>

export const alertQuerySchema = z.object({
  status: z.enum(['active', 'resolved']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const alertListSchema = z.object({ items: z.array(alertSchema), nextCursor: z.null(), total: z.int() })
export type AlertList = z.infer<typeof alertListSchema>
