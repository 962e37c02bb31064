import type { RotationHolder } from '../encryption/rotation.ts'
import type { AccountsDatabase } from './accounts-database.ts'
import { purposeOf, type SealingKeys, sealedColumns } from './sealed-columns.ts'

const batch = 200

/** Second factors under the current encryption key. */
export function createSealedRotation({ accounts, keyRing }: { accounts: AccountsDatabase; keyRing: SealingKeys }): RotationHolder {
  async function rotateColumn(table: string, column: string): Promise<{ rotated: number; failed: number }> {
    const result = { rotated: 0, failed: 0 }
    let after = ''
    for (;;) {
      const rows = await accounts.query<{ id: string; value: string }>(
        `select id, ${column} as value from ${table} where id > $1 and ${column} is not null order by id limit ${batch}`,
        [after],
      )
      for (const { id, value } of rows) {
        if (!keyRing.needsRotation(value)) continue
        const fresh = reseal(value, purposeOf(table, column, id))
        if (fresh === undefined) result.failed++
        // Only while it is what was read: somebody may just have set up anew.
        else
          result.rotated += (
            await accounts.query(`update ${table} set ${column} = $1 where id = $2 and ${column} = $3 returning id`, [fresh, id, value])
          ).length
      }
      after = rows.at(-1)?.id ?? ''
      if (rows.length < batch) return result
    }
  }

  function reseal(value: string, purpose: string): string | undefined {
    let text: string
    try {
      text = keyRing.decrypt(value, purpose)
    } catch {
      // Counted as unreadable and reported by whoever rotates.
      return undefined
    }
    return keyRing.encrypt(text, purpose)
  }

  return {
    name: 'second factors',
    async rotate() {
      const total = { rotated: 0, failed: 0 }
      for (const [table, columns] of Object.entries(sealedColumns)) {
        for (const column of columns) {
          const { rotated, failed } = await rotateColumn(table, column)
          total.rotated += rotated
          total.failed += failed
        }
      }
      return total
    },
  }
}
