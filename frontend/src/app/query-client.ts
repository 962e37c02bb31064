import { QueryClient } from '@tanstack/react-query'
import { ApiError } from '@/lib/api-error.ts'

/** A refusal stays a refusal; only trouble on the way is worth another try. */
const isPassing = (error: unknown): boolean => error instanceof ApiError && ['OFFLINE', 'UNAVAILABLE', 'UPSTREAM'].includes(error.code)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, refetchOnWindowFocus: true, retry: (failures, error) => failures < 2 && isPassing(error) },
    mutations: { retry: false },
  },
})
