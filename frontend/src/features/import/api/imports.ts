import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ImportMapping, ImportPreview, ImportResult, ImportRun, ImportUndo } from '#contracts/import.ts'
import { api, type Page } from '@/lib/api.ts'
import { timeZone } from '@/lib/format.ts'
import type { PageEntity } from '@/lib/record-links.ts'
import { contentTypeOf, isUnderstoodByItsBeginning } from '../file-formats.ts'

export interface ImportChoices {
  entity: PageEntity
  file: File
  mapping?: ImportMapping | undefined
  dateOrder?: 'dmy' | 'mdy' | undefined
  /** Of a workbook. */
  sheet?: string | undefined
  createMissing?: boolean | undefined
}

const previewBytes = 4_000_000

const parameters = ({ entity, file, mapping, dateOrder, sheet }: ImportChoices) => ({
  entity,
  dateOrder,
  sheet,
  fileName: file.name,
  timeZone: timeZone(),
  mapping: mapping === undefined ? undefined : JSON.stringify(mapping),
})

/** The server's guess of what the file holds; it needs the beginning only. */
export function usePreview() {
  return useMutation({
    mutationFn: async (choices: ImportChoices) => {
      const isLong = choices.file.size > previewBytes && (await isUnderstoodByItsBeginning(choices.file))
      return api.upload<ImportPreview>('/api/crm/import/preview', isLong ? choices.file.slice(0, previewBytes) : choices.file, {
        query: parameters(choices),
        contentType: contentTypeOf(choices.file.name),
      })
    },
  })
}

/** Does everything and keeps nothing. */
export function useCheck() {
  return useMutation({
    mutationFn: (choices: ImportChoices) =>
      api.upload<ImportResult>('/api/crm/import', choices.file, {
        query: { ...parameters(choices), dryRun: true, createMissing: choices.createMissing },
        contentType: contentTypeOf(choices.file.name),
      }),
  })
}

export function useStartImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (choices: ImportChoices) =>
      api.upload<{ importId: string }>('/api/crm/import', choices.file, {
        query: { ...parameters(choices), createMissing: choices.createMissing, background: true },
        contentType: contentTypeOf(choices.file.name),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports'] }),
  })
}

/** Waiting or running: it still changes by itself. */
export const isUnderWay = ({ status }: ImportRun): boolean => status === 'queued' || status === 'running'

/** A running import is asked for twice a second. */
export const importRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => api.get<ImportRun>(`/api/crm/imports/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data === undefined || isUnderWay(query.state.data) ? 500 : false),
  })

export const importRunsQuery = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ signal }) => api.get<Page<ImportRun>>('/api/crm/imports', { query: { limit: 20 }, signal }),
  select: (page) => page.items,
  refetchInterval: (query) => (query.state.data?.items.some(isUnderWay) ? 1500 : false),
})

/** Stops it after its present batch; what has landed stays. */
export function useCancelImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.post<ImportRun>(`/api/crm/imports/${id}/cancel`),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  })
}

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
