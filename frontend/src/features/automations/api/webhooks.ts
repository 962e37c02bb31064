import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ChangeWebhook, Delivery, MadeWebhook, NewWebhook, Webhook } from '#contracts/automations.ts'
import { api, type Page } from '@/lib/api.ts'

const path = '/api/automations/webhooks'
const everything = ['automations', 'webhooks'] as const

export const webhooksQuery = queryOptions({
  queryKey: [...everything, 'list'],
  queryFn: ({ signal }) => api.get<Page<Webhook>>(path, { signal }),
  select: (page) => page.items,
  refetchInterval: 30_000,
})

export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: [...everything, 'deliveries', id],
    queryFn: ({ signal }) => api.get<Page<Delivery>>(`${path}/${id}/deliveries`, { query: { limit: 50 }, signal }),
    refetchInterval: (query) => (query.state.data?.items.some(({ state }) => state === 'queued') === true ? 3000 : 30_000),
  })

const refresh = (client: QueryClient) => void client.invalidateQueries({ queryKey: everything })

export function useMakeWebhook() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (webhook: NewWebhook) => api.post<MadeWebhook>(path, webhook), onSuccess: () => refresh(client) })
}

/** With `newSecret` the answer shows another secret, once. */
export function useChangeWebhook() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...change }: ChangeWebhook & { id: string }) => api.patch<Webhook & { secret?: string }>(`${path}/${id}`, change),
    onSettled: () => refresh(client),
  })
}

export function useDeleteWebhook() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (id: string) => api.delete<unknown>(`${path}/${id}`), onSettled: () => refresh(client) })
}

export function useReplayDelivery(webhookId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (deliveryId: string) => api.post<Delivery>(`${path}/${webhookId}/deliveries/${deliveryId}/replay`),
    onSettled: () => refresh(client),
  })
}
