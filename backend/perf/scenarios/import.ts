import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { generateDemo } from '../../seeds/demo/demo.ts'
import type { Figure } from '../figures.ts'
import { createHttpClient } from '../http-client.ts'
import { apiKey, startServer } from '../server-process.ts'

/** Organisations, contacts and opportunities of the demo as CSV files through the import API of an empty workspace, one after the other. */
export async function measureImport(folder: string, scale: number): Promise<Figure[]> {
  const server = await startServer({ DATA_DIR: join(folder, 'import'), DEMO_DATA: 'none' })
  const client = createHttpClient(server.url, apiKey)
  try {
    const figures: Figure[] = []
    for (const entity of ['organisations', 'contacts', 'opportunities'] as const) {
      const pieces = [...csvOf(entity, scale)]
      const processorBefore = await server.processorMs()
      const started = performance.now()
      const result = (await client.upload(`/api/crm/import?entity=${entity}&createMissing=true`, pieces)) as {
        total: number
        created: number
        errors: unknown[]
      }
      const seconds = (performance.now() - started) / 1000
      const processorAfter = await server.processorMs()
      if (result.created !== result.total)
        throw new Error(`The import of ${entity} created ${result.created} of ${result.total}: ${JSON.stringify(result.errors.slice(0, 3))}`)
      figures.push({
        name: `import ${entity}`,
        value: result.total / seconds,
        unit: 'rows/s',
        goal: 10_000,
        atLeast: true,
        note: `${result.total.toLocaleString('en')} rows${processorOf(result.total, processorBefore, processorAfter)}`,
      })
    }
    const memory = await server.memory()
    if (memory !== undefined) figures.push({ name: 'node memory after the import, at most', value: memory.most, unit: 'MB' })
    return figures
  } finally {
    client.close()
    await server.stop()
  }
}

/** A rate depends on what else the machine does; the processor time that a row takes hardly. */
function processorOf(rows: number, before: number | undefined, after: number | undefined): string {
  return before === undefined || after === undefined ? '' : `, ${Math.round(((after - before) * 1000) / rows)} µs of the node process each`
}

function* csvOf(entity: string, scale: number): Iterable<string> {
  let columns: string[] | undefined
  for (const batch of generateDemo({ scale, now: new Date() })) {
    if (batch.entity !== entity) {
      // The wanted batches stand together.
      if (columns !== undefined) return
      continue
    }
    const first = columns === undefined
    columns ??= Object.keys(batch.rows[0] ?? {})
    yield stringify(batch.rows, { header: first, columns })
  }
}
