import { scopes } from '#backend/kernel/actor.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { HiddenField } from '#contracts/hidden-fields.ts'
import { createTestApp, type TestApp } from '../app.ts'

type RoleName = 'owner' | 'manager' | 'rep' | 'viewer'

/** What stands in the fields that are hidden, and nowhere else. */
export const canaries = {
  phone: '+4915190817263',
  email: 'qvxmail@canary.example',
  street: 'Zwqstreet',
  industry: 'Kvxindustry',
  value: '7654321',
  club: 'Jqzclub',
  margin: '4455667',
  cost: '6677889',
  price: '9988112',
}
/** What figures and other spellings make of them. */
const spellings = [
  ...Object.values(canaries),
  '15190817263',
  '90817263',
  'qvxmail',
  'canary.example',
  // Half of the value is what its probability leaves of it, and the quantity makes this of the price.
  '3827160',
  // With the other deal, and the mean of both.
  '7654331',
  '3827165',
  '19976224',
  '29964336',
].map((text) => text.toLowerCase())
const roughly = /\b(7[.,]7|7[.,]65|3[.,]8|10[.,]0|9[.,]99)\d* ?(m|mio|million|millionen)\b/i

/** The canaries that a text tells, in whatever spelling. */
export function toldIn(answer: unknown): string[] {
  const text = (typeof answer === 'string' ? answer : (JSON.stringify(answer) ?? '')).toLowerCase()
  const plain = text.replace(/[\s.,'’\u00a0\u202f()/-]/g, '')
  const found = spellings.filter((word) => text.includes(word) || (/^\+?\d+$/.test(word) && plain.includes(word.replace('+', ''))))
  return roughly.test(text) ? [...found, 'a rounded amount'] : found
}

export const hiddenFields: HiddenField[] = (
  [
    ['contacts', 'phone'],
    ['contacts', 'email'],
    ['contacts', 'street'],
    ['contacts', 'custom.club'],
    ['contacts', 'custom.margin'],
    ['organisations', 'industry'],
    ['opportunities', 'value'],
    ['products', 'cost'],
    ['order_lines', 'unit_price'],
    ['quotes', 'total'],
  ] as const
).map(([entity, field]) => ({ entity, field, roles: ['rep', 'viewer'] }))

export interface HiddenFieldsWorld {
  test: TestApp
  people: Record<RoleName, Awaited<ReturnType<TestApp['member']>>>
  ids: Record<string, string>
  /** JSON over HTTP as somebody of a role; the text of an answer that is none. */
  as(role: RoleName, method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, body?: unknown): Promise<{ status: number; text: string; body: never }>
  hide(fields: readonly HiddenField[]): Promise<void>
}

/** A workspace with people of four roles and records whose fields hold canaries; nothing is hidden yet. */
export async function createHiddenFieldsWorld(): Promise<HiddenFieldsWorld> {
  const test = await createTestApp({ now: '2026-03-10T12:00:00Z' })
  const { services } = test.app
  const people = {
    owner: test.actor,
    manager: await test.member('manager', 'Mona Manager'),
    rep: await test.member('rep', 'Rita Rep'),
    viewer: await test.member('viewer', 'Vera Viewer'),
  }
  const keys = new Map<RoleName, string>()
  for (const [role, person] of Object.entries(people) as [RoleName, typeof test.actor][]) {
    const allowed =
      role === 'viewer' ? (['crm:read', 'chat', 'account'] as const) : role === 'owner' ? scopes : scopes.filter((one) => one !== 'workspace:admin')
    keys.set(role, (await services.access.apiKeys.create(person, { name: role, scopes: allowed, expiresAt: null })).key)
  }
  const as: HiddenFieldsWorld['as'] = async (role, method, url, body) => {
    const response = await test.server.inject({
      method,
      url,
      headers: { authorization: `Bearer ${keys.get(role)}`, accept: 'application/json, text/event-stream' },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const isJson = response.headers['content-type']?.toString().includes('json') === true && response.body !== ''
    return { status: response.statusCode, text: response.body, body: (isJson ? response.json() : response.body) as never }
  }
  const ids: Record<string, string> = {}
  const make = async (entity: EntityName, input: object, name: string = entity) => {
    const { id } = await services.records.createRecord(test.actor, entity, input as Record<string, unknown>)
    ids[name] = id
    return id
  }
  await services.questions.addCustomField(test.actor, { entity: 'contacts', key: 'club', label: 'Club', type: 'text', choices: [] })
  await services.questions.addCustomField(test.actor, { entity: 'contacts', key: 'margin', label: 'Margin', type: 'number', choices: [] })
  const organisation = await make('organisations', { name: 'Open Ltd', industry: canaries.industry, city: 'Rome' })
  const person = { phone: canaries.phone, street: canaries.street, custom: { club: canaries.club, margin: Number(canaries.margin) } }
  const contact = await make('contacts', {
    ...person,
    first_name: 'Ann',
    last_name: 'Public',
    email: canaries.email,
    city: 'Rome',
    organisation_id: organisation,
    phone: '+44 20 7946 0000',
  })
  // From here on its history knows the number.
  await services.records.updateRecord(test.actor, 'contacts', contact, person)
  // Its address is all it is called by.
  await make('contacts', { email: `second.${canaries.email}`, phone: canaries.phone, organisation_id: organisation }, 'nameless')
  const deal = await make('opportunities', {
    name: 'Big deal',
    value: canaries.value,
    currency: 'EUR',
    probability: 50,
    pipeline: 'Sales',
    stage: 'Offer',
    forecast_close_date: '2026-05-01',
    organisation_id: organisation,
    contact_id: contact,
  })
  await make(
    'opportunities',
    { name: 'Small deal', value: '10', currency: 'EUR', pipeline: 'Sales', stage: 'Offer', contact_email: `second.${canaries.email}` },
    'small',
  )
  await make('products', { sku: 'P-1', name: 'Thing', price: '5', cost: canaries.cost, currency: 'EUR' })
  await make('orders', {
    order_id: 'O-1',
    customer: 'Open Ltd',
    ordered_at: '2026-03-01T10:00:00Z',
    currency: 'EUR',
    lines: [{ sku: 'P-1', description: 'Thing', quantity: 2, unit_price: canaries.price }],
  })
  await make(
    'orders',
    { order_id: 'O-2', customer: `second.${canaries.email}`, ordered_at: '2026-03-02T10:00:00Z', currency: 'EUR', lines: [] },
    'nameless order',
  )
  await make('quotes', { name: 'Quote', total: canaries.value, currency: 'EUR', opportunity_id: deal, contact_id: contact })
  await make('tasks', { title: 'Call Ann', related_type: 'contact', related_id: contact })
  await make('notes', { body: 'Likes tea', related_type: 'contact', related_id: contact })
  await make('events', { title: 'Lunch', starts_at: '2026-03-11T12:00:00Z', related_type: 'contact', related_id: contact })
  await make('emails', { from: 'a@b.test', subject: 'Hello', body: 'Hello', related_type: 'contact', related_id: contact })
  await services.links.addLink(test.actor, 'contacts', contact, { entity: 'contact', recordId: ids.nameless as string })
  await make('leads', { last_name: 'Lead', email: 'lead@b.test' })
  const calls = [{ tool: 'records.update', input: { entity: 'contacts', id: contact, values: { phone: '+44 20 7946 0001', title: 'Boss' } } }]
  const proposed = await services.proposals.propose(test.actor, { calls, source: { kind: 'api', text: `Instead of ${canaries.phone}` }, untrusted: false })
  ids.approvals = proposed.proposals[0]?.id as string
  const query = { entity: 'opportunities', filter: { field: 'value', op: 'gt', value: 100 }, select: ['name', 'value'] } as const
  ids.views = (await services.views.createView(test.actor, { name: 'Big ones', query, shared: true } as never)).id
  ids.pipelines = ((await services.records.getRecord(test.actor, 'opportunities', deal)).pipeline_id as string) ?? ''
  return {
    test,
    people,
    ids,
    as,
    async hide(fields) {
      await services.hiddenFields.putHiddenFields(test.actor, { fields: [...fields] })
    },
  }
}
