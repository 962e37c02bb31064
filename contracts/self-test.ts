/** The self-test over HTTP: `/api/test`. */
import { z } from 'zod'

export const selfTestSuites = [
  'CRM Agent',
  'Email Agent',
  'Product Agent',
  'Customer Agent',
  'Sales Agent',
  'Security Manager',
  'Production Manager',
  'Integration Scenarios',
  'Performance Tests',
  'Security Tests',
] as const
export type SelfTestSuiteName = (typeof selfTestSuites)[number]

/** Milliseconds of one kind of call, over all its runs. */
const latencySchema = z.object({ runs: z.int(), p50: z.number(), p95: z.number(), max: z.number(), target: z.number().nullable() })
export type Latency = z.infer<typeof latencySchema>

export const selfTestResultSchema = z.object({
  name: z.string(),
  status: z.enum(['passed', 'failed']),
  durationMs: z.number(),
  error: z.string().optional(),
  latencyMs: latencySchema.optional(),
})
export type SelfTestResult = z.infer<typeof selfTestResultSchema>

export const selfTestSuiteSchema = z.object({
  name: z.string(),
  success: z.boolean(),
  durationMs: z.number(),
  tests: z.array(selfTestResultSchema),
})
export type SelfTestSuiteResult = z.infer<typeof selfTestSuiteSchema>

export const selfTestReportSchema = z.object({
  success: z.boolean(),
  startedAt: z.string(),
  durationMs: z.number(),
  passed: z.int(),
  failed: z.int(),
  suites: z.array(selfTestSuiteSchema),
})
export type SelfTestReport = z.infer<typeof selfTestReportSchema>

export const systemCheckSchema = z.object({
  name: z.string(),
  status: z.enum(['ok', 'failed', 'not_configured']),
  durationMs: z.number(),
  /** What was found, as one sentence. */
  detail: z.string(),
})
export type SystemCheck = z.infer<typeof systemCheckSchema>

export const systemReportSchema = z.object({ success: z.boolean(), startedAt: z.string(), durationMs: z.number(), checks: z.array(systemCheckSchema) })
export type SystemReport = z.infer<typeof systemReportSchema>

export const benchmarkSchema = z.object({
  success: z.boolean(),
  startedAt: z.string(),
  durationMs: z.number(),
  /** Contacts of the scratch database in which it ran. */
  contacts: z.int(),
  benchmarks: z.array(latencySchema.extend({ name: z.string(), success: z.boolean() })),
})
export type BenchmarkReport = z.infer<typeof benchmarkSchema>

export const selfTestQuerySchema = z.object({ format: z.enum(['json', 'markdown']).default('json'), suite: z.string().trim().min(1).max(100).optional() })

export const selfTestCommandSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('run_suite'), suite: z.string().trim().min(1).max(100) }),
  z.object({ action: z.literal('validate_system') }),
  z.object({ action: z.literal('benchmark') }),
])

/** A run that is going on, or went on before. */
export const selfTestRunSchema = z.object({
  id: z.string(),
  /** What was asked for: the name of a suite, `all suites`, `validate_system` or `benchmark`. */
  name: z.string(),
  status: z.enum(['running', 'passed', 'failed', 'broken']),
  startedBy: z.string(),
  startedAt: z.string(),
  durationMs: z.number().nullable(),
  /** Of a run that is going on: what it does, and how much of it is done. */
  progress: z.object({ done: z.int(), total: z.int(), current: z.string() }).nullable(),
  /** Why it could not be carried to its end. */
  error: z.string().nullable(),
})
export type SelfTestRun = z.infer<typeof selfTestRunSchema>

export const selfTestRunsSchema = z.object({ items: z.array(selfTestRunSchema), nextCursor: z.null(), total: z.int(), suites: z.array(z.string()) })
export type SelfTestRuns = z.infer<typeof selfTestRunsSchema>
export const selfTestRunDetailSchema = selfTestRunSchema.extend({ report: z.union([selfTestReportSchema, benchmarkSchema, systemReportSchema]).nullable() })
export type SelfTestRunDetail = z.infer<typeof selfTestRunDetailSchema>
