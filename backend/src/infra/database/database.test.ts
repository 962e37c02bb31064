import { describe, expect, inject, it } from 'vitest'
import { openDatabase, sql } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import { fold } from '#contracts/fold.ts'
import { createTestWorkspace } from '../../../test/harness.ts'

describe('database', () => {
  it('shows a workspace only its own rows, and lets it write no other', async () => {
    const mine = await createTestWorkspace()
    const theirs = await createTestWorkspace()
    await mine.database.transaction(mine.actor, (tx) =>
      tx.query(sql`insert into tags (workspace_id, id, name) values (${mine.workspaceId}, ${newId()}, 'vip')`),
    )
    const seen = await theirs.database.transaction(theirs.actor, (tx) => tx.query(sql`select * from tags`))
    expect(seen).toEqual([])
    await expect(
      theirs.database.transaction(theirs.actor, (tx) =>
        tx.query(sql`insert into tags (workspace_id, id, name) values (${mine.workspaceId}, ${newId()}, 'theft')`),
      ),
    ).rejects.toMatchObject({ code: 'FORBIDDEN', cause: { code: '42501' } })
  })

  it('guards every table that belongs to workspaces, and works as a role that cannot look past the guard', async () => {
    const { database, actor, gold } = await createTestWorkspace()
    const open = await gold(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
       where n.nspname = 'chatsg' and c.relkind = 'r' and (not c.relrowsecurity or not exists (select 1 from pg_policy p where p.polrelid = c.oid))`,
      [],
    )
    expect(open).toEqual([])
    const [role] = await database.transaction(actor, (tx) =>
      tx.query(sql`select rolsuper or rolbypassrls or rolcreaterole as mighty, pg_has_role(current_user, (select relowner from pg_class where oid = 'contacts'::regclass), 'member') as owner
        from pg_roles where rolname = current_user`),
    )
    expect(role).toEqual({ mighty: false, owner: false })
  })

  it('has those wait who come while others are at work, longer than for the database itself', async () => {
    const { actor } = await createTestWorkspace()
    const database = openDatabase({ connectionString: inject('applicationUrl'), maxConnections: 1, connectionTimeoutMs: 400, onError: () => undefined })
    try {
      const slow = () => database.transaction(actor, (tx) => tx.query(sql`select pg_sleep(0.3)`))
      expect(await Promise.all([slow(), slow(), slow(), slow()])).toHaveLength(4)
    } finally {
      await database.close()
    }
  })

  it('folds texts exactly as TypeScript does', async () => {
    const { gold } = await createTestWorkspace()
    const words = ['ΟΔΟΣ', 'Άλφα', 'ЙОГУРТ', 'İstanbul', 'Straße', 'ŁÓDŹ', '한국', '東京', 'Zoë', 'naïve’s', 'Æsir', 'e\u0301']
    const latin = Array.from({ length: 0x2100 - 0x20 }, (_, index) => String.fromCodePoint(index + 0x20)).filter((letter) =>
      /\p{Script=Latin}|[ -~’‘]/u.test(letter),
    )
    const letters = [...latin, ...words]
    const rows = await gold<{ folded: string }>('select fold(letter) as folded from unnest($1::text[]) with ordinality t(letter, n) order by n', [letters])
    const differing = letters.filter((letter, index) => fold(letter) !== rows[index]?.folded)
    expect(differing).toEqual([])
  })
})
