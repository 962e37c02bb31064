import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ImportMapping, ImportPreview, ImportResult, ImportRun, ImportUndo } from '#contracts/import.ts'
import { api, type Page } from '@/lib/api.ts'
import { timeZone } from '@/lib/format.ts'
import type { PageEntity } from '@/lib/record-links.ts'

export interface ImportChoices {
  entity: PageEntity
  file: File
  mapping?: ImportMapping | undefined
  dateOrder?: 'dmy' | 'mdy' | undefined
  createMissing?: boolean | undefined
}

const previewBytes = 4_000_000

const contentType = (file: File): string => (/\.jsonl?$/i.test(file.name) ? 'application/json' : 'text/csv')

const parameters = ({ entity, file, mapping, dateOrder }: ImportChoices) => ({
  entity,
  dateOrder,
  fileName: file.name,
  timeZone: timeZone(),
  mapping: mapping === undefined ? undefined : JSON.stringify(mapping),
})

/** The server's guess of what the file holds; it needs the beginning only. */
export function usePreview() {
  return useMutation({
    mutationFn: (choices: ImportChoices) =>
      api.upload<ImportPreview>('/api/crm/import/preview', choices.file.size > previewBytes ? choices.file.slice(0, previewBytes) : choices.file, {
        query: parameters(choices),
        contentType: contentType(choices.file),
      }),
  })
}

/** Does everything and keeps nothing. */
export function useCheck() {
  return useMutation({
    mutationFn: (choices: ImportChoices) =>
      api.upload<ImportResult>('/api/crm/import', choices.file, {
        query: { ...parameters(choices), dryRun: true, createMissing: choices.createMissing },
        contentType: contentType(choices.file),
      }),
  })
}

export function useStartImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (choices: ImportChoices) =>
      api.upload<{ importId: string }>('/api/crm/import', choices.file, {
        query: { ...parameters(choices), createMissing: choices.createMissing, background: true },
        contentType: contentType(choices.file),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports'] }),
  })
}

/** A running import is asked for twice a second. */
export const importRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => api.get<ImportRun>(`/api/crm/imports/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data === undefined || query.state.data.status === 'running' ? 500 : false),
  })

export const importRunsQuery = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ signal }) => api.get<Page<ImportRun>>('/api/crm/imports', { query: { limit: 20 }, signal }),
  select: (page) => page.items,
  refetchInterval: (query) => (query.state.data?.items.some((run) => run.status === 'running') ? 1500 : false),
})

export function useUndoImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<ImportUndo>(`/api/crm/imports/${id}/undo`),
    onSettled: () =>
      Promise.all(
        ['imports', 'records', 'pipeline', 'workspace', 'values', 'users', 'custom-fields'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  })
}

/** Pages that show records are out of date once an import has ended. */
export function useRefreshAfterImport() {
  const client = useQueryClient()
  return () => {
    for (const key of ['records', 'pipeline', 'workspace', 'values', 'users', 'custom-fields']) void client.invalidateQueries({ queryKey: [key] })
    void client.invalidateQueries({ queryKey: importRunsQuery.queryKey })
  }
}
