import { queryOptions } from '@tanstack/react-query'
import type { Deployment } from '#contracts/deployment.ts'
import { api } from './api.ts'

export const deploymentKey = ['deployment'] as const

/** What runs here, what ran before, and which features are on. */
export const deploymentQuery = queryOptions({
  queryKey: [...deploymentKey, 'state'],
  queryFn: ({ signal }) => api.get<Deployment>('/api/deployment', { signal }),
})
