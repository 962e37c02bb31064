import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { unnested, unnestRows } from './bulk-columns.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const columns = [
  { key: 'n', sqlType: 'integer' },
  { key: 'text', sqlType: 'text' },
  { key: 'list', sqlType: 'text[]' },
  { key: 'json', sqlType: 'jsonb' },
  { key: 'flag', sqlType: 'boolean' },
  { key: 'amount', sqlType: 'numeric' },
]
const anyText = fc.oneof(
  fc.constantFrom(
    '',
    'null',
    'NULL',
    '{}',
    '{a,b}',
    '"',
    '\\',
    '\\n',
    '\\\\',
    "O'Brien",
    'a,b',
    ' padded ',
    'two\nlines',
    'tab\there',
    '\r\n',
    '\u2028',
    '\u0001',
    '😀',
    '🇩🇪 ß',
    '\\"',
    'jane',
    'jane.doe@x.example',
    'null',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0')),
)
const row = fc.record({
  text: fc.option(anyText),
  list: fc.option(fc.array(anyText, { maxLength: 4 })),
  json: fc.option(fc.dictionary(fc.stringMatching(/^[a-z0-9_]{1,8}$/), fc.option(anyText), { maxKeys: 3 })),
  flag: fc.option(fc.boolean()),
  amount: fc.option(fc.constantFrom('0.10', '-12.345', '99999999999999999999.99')),
})

describe('rows sent column by column', () => {
  it('arrive as they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const numbered = rows.map((values, n) => ({ n, ...values }))
        const read = await workspace.database.transaction(workspace.actor, (tx) =>
          tx.query(
            sql`select ${sql.join(
              columns.map((column) => sql`${unnested(column)} as ${sql.identifier(column.key)}`),
              sql`, `,
            )} from ${unnestRows(numbered, columns)} order by x.n`,
          ),
        )
        expect(read).toEqual(numbered)
      }),
      { numRuns: 100 },
    )
  })
})
