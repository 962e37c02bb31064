export { createInsightlyClient } from './client/insightly-client.ts'
export { isNotInPlan, isUncertain } from './client/insightly-error.ts'
export { createCallLimiter } from './limiter/call-limiter.ts'
export { limitKeyOf } from './limiter/limit-key.ts'
