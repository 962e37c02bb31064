import { expectSame, expectStatus, expectThat } from '../expect.ts'
import type { Suite } from '../suite.ts'
import { ask } from './answers.ts'

const people = ['Nadia Selftest', 'Otto Selftest', 'Priya Selftest']

export const integrationScenariosSuite: Suite = {
  name: 'Integration Scenarios',
  tests: [
    {
      name: 'Import, ask, export: what came in is found and goes out again',
      async run(world) {
        const rows = people.map((name, index) => `${name.replace(' ', ',')},selftest${index}@example.com,Ruritania`)
        const text = `first_name,last_name,email,country\n${rows.join('\n')}\n`
        const imported = await world.call('POST', '/api/crm/import?entity=contacts', { raw: { text, contentType: 'text/csv' } })
        expectStatus(imported, 200, 'The import')
        expectSame(imported.body.created, people.length, 'Contacts imported')
        const { text: answer, parts } = await ask(world, 'crm', 'Which contacts are in Ruritania?')
        const whole = `${answer} ${JSON.stringify(parts)}`
        for (const name of people) expectThat(whole.includes(name), `Expected ${name} in the answer, got "${answer.slice(0, 200)}".`)
        const exported = await world.call('GET', '/api/crm/export?entity=contacts&format=csv')
        expectStatus(exported, 200, 'The export')
        for (const [index] of people.entries()) expectThat(exported.text.includes(`selftest${index}@example.com`), 'An imported contact is not in the export.')
      },
    },
    {
      name: 'Proposal, approval, undo: nothing happens before a person says so, and it can be taken back',
      async run(world) {
        const [contact] = await world.gold<{ id: string; title: string | null }>(
          'select id, title from contacts where workspace_id = $1 and deleted_at is null order by created_at limit 1',
        )
        expectThat(contact !== undefined, 'The demo company has no contact.')
        const title = async () => (await world.call('GET', `/api/crm/contacts/${contact.id}`)).body.title ?? null
        const change = { tool: 'records.update', input: { entity: 'contacts', id: contact.id, values: { title: 'Head of self-tests' } } }
        const proposed = await world.call('POST', '/api/approvals', { body: { calls: [change] } })
        expectStatus(proposed, 201, 'The proposal')
        const [proposal] = proposed.body.proposals as { id: string }[]
        expectSame(await title(), contact.title, 'The title while the proposal waits')
        const approved = await world.call('POST', `/api/approvals/${proposal?.id}`, { body: { decision: 'approve' } })
        expectStatus(approved, 200, 'The approval')
        expectSame(await title(), 'Head of self-tests', 'The title after the approval')
        const again = await world.call('POST', `/api/approvals/${proposal?.id}`, { body: { decision: 'approve' } })
        expectThat(again.status === 409 || again.status === 200, `A second approval: status ${again.status}.`)
        const applied = await world.gold(`select 1 from proposals where workspace_id = $1 and id = '${proposal?.id}' and status = 'approved'`)
        expectSame(applied.length, 1, 'Times it was carried out')
        expectStatus(await world.call('POST', `/api/approvals/${proposal?.id}/undo`), 200, 'The undo')
        expectSame(await title(), contact.title, 'The title after the undo')
      },
    },
    {
      name: 'Backup and verification: every row of it arrives where it is restored',
      async run(world) {
        const { tables, rows, restoredRows } = await world.drillBackup()
        expectThat(tables > 0 && rows > world.contacts, `The backup has ${rows} rows in ${tables} tables.`)
        expectSame(restoredRows, rows, 'Rows after the restore')
      },
    },
    {
      name: 'A record made, changed and deleted leaves a trail, and comes back',
      async run(world) {
        const made = await world.call('POST', '/api/crm/organisations', { body: { name: 'Self-test Works' } })
        expectStatus(made, 201, 'The new organisation')
        const path = `/api/crm/organisations/${String(made.body.id)}`
        expectStatus(await world.call('PATCH', path, { body: { industry: 'Testing' } }), 200, 'The change')
        const deleted = await world.call('DELETE', path)
        expectThat(deleted.status < 300, `Deleting: status ${deleted.status}.`)
        expectStatus(await world.call('GET', path), 404, 'After the deletion')
        const restored = await world.call('POST', `${path}/restore`)
        expectThat(restored.status < 300, `Restoring: status ${restored.status}.`)
        expectSame((await world.call('GET', path)).body.industry, 'Testing', 'The field after the restore')
      },
    },
  ],
}
