import { tmpdir } from 'node:os'
import { createImportService } from '#backend/modules/crm/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../test/harness.ts'
import { createTestOperations } from '../../../test/operations.ts'

/** A Friday. */
export const now = new Date('2026-11-20T15:00:00Z')

/** A small company's records, as the files it would import; names that are keywords are among them on purpose. */
const files: Partial<Record<EntityName, string>> = {
  organisations: `name,external_id,industry,size,city,state,country,owner,tags,created_at,custom.tier
Open Door,O1,Consulting,40,San Jose,California,United States,Raj Patel,vip,2026-01-10T09:00:00Z,Gold
Acme Corp,O2,Healthcare,900,Berlin,Berlin,Germany,Sofia Santos,,2026-03-02T09:00:00Z,Silver
Nordwind GmbH,O3,Manufacturing,300,Hamburg,Hamburg,Germany,Raj Patel,,2026-11-03T09:00:00Z,Gold
Blue River,O4,Healthcare,120,London,England,United Kingdom,Sofia Santos,vip;partner,2025-12-27T09:00:00Z,`,
  contacts: `first_name,last_name,external_id,email,phone,title,organisation,city,state,country,owner,last_contacted_at,created_at
Sarah,Connor,C1,sarah@open-door.example,+1 415 555 0100,CEO,Open Door,San Jose,California,United States,Raj Patel,2026-11-10T09:00:00Z,2026-01-11T09:00:00Z
April,May,C2,april@acme.example,,Buyer,Acme Corp,Berlin,Berlin,Germany,Sofia Santos,2026-05-01T09:00:00Z,2026-03-03T09:00:00Z
Will,Summers,C3,will@nordwind.example,+49 40 5550100,Engineer,Nordwind GmbH,Hamburg,Hamburg,Germany,Raj Patel,,2026-11-04T09:00:00Z
John,Smith,C4,,+44 20 5550 1234,Engineer,Blue River,London,England,United Kingdom,Sofia Santos,2026-10-01T09:00:00Z,2025-12-28T09:00:00Z
John,Smithson,C5,john@blue.example,,Buyer,Blue River,London,England,United Kingdom,,2026-11-18T09:00:00Z,2026-11-17T09:00:00Z`,
  leads: `first_name,last_name,external_id,email,status,source,rating,country,owner,created_at,converted_at
Ana,Lopez,L1,ana@x.example,New,Webinar,5,Spain,Raj Patel,2026-11-02T09:00:00Z,
Bo,Berg,L2,bo@x.example,Qualified,Website,3,Sweden,Sofia Santos,2026-10-02T09:00:00Z,2026-10-20T09:00:00Z
Cy,Young,L3,cy@x.example,Qualified,Webinar,4,Germany,,2026-11-12T09:00:00Z,`,
  opportunities: `name,external_id,organisation,contact_email,pipeline,stage,state,value,currency,probability,forecast_close_date,actual_close_date,owner,stage_changed_at,created_at
Open Door pilot,D1,Open Door,sarah@open-door.example,New business,Demo,open,60000,USD,40,2026-11-28,,Raj Patel,2026-11-01T09:00:00Z,2026-09-01T09:00:00Z
Open Door rollout,D2,Open Door,sarah@open-door.example,New business,Proposal,open,120000,USD,70,2026-12-15,,Raj Patel,2026-08-01T09:00:00Z,2026-07-01T09:00:00Z
Acme sensors,D3,Acme Corp,april@acme.example,New business,Proposal,won,80000,EUR,100,2026-10-10,2026-10-10,Sofia Santos,2026-10-10T09:00:00Z,2026-06-01T09:00:00Z
Acme service,D4,Acme Corp,april@acme.example,Renewals,Quote,lost,15000,EUR,0,2026-10-20,2026-10-20,Sofia Santos,2026-10-20T09:00:00Z,2026-08-01T09:00:00Z
Nordwind deal,D5,Nordwind GmbH,will@nordwind.example,New business,Demo,open,30000,EUR,30,2027-01-20,,Sofia Santos,2026-11-15T09:00:00Z,2026-11-05T09:00:00Z
Blue renewal,D6,Blue River,,Renewals,Quote,won,20000,USD,100,2026-11-05,2026-11-05,Raj Patel,2026-11-05T09:00:00Z,2026-10-01T09:00:00Z`,
  products: `sku,external_id,name,category,brand,price,currency,stock
S-1,P1,Level Sensor,Sensors,Northlight,150,USD,20
S-2,P2,Gas Sensor,Sensors,Northlight,450,USD,0
K-1,P3,Mounting Kit,Accessories,Hartwell,25,USD,300`,
  orders: `order_id,customer,ordered_at,sku,description,quantity,unit_price,currency
A-1,O1,2026-10-05T10:00:00Z,S-1,Level Sensor,10,150,USD
A-1,O1,2026-10-05T10:00:00Z,K-1,Mounting Kit,20,25,USD
A-2,O2,2026-10-12T10:00:00Z,S-2,Gas Sensor,4,400,EUR
A-3,O1,2026-11-09T10:00:00Z,S-1,Level Sensor,5,150,USD
A-4,O1,2026-11-12T10:00:00Z,S-1,Level Sensor,-1,150,USD`,
  tasks: `title,external_id,status,priority,due_at,completed_at,owner,created_at
Call Sarah,T1,Open,High,2026-11-10T09:00:00Z,,Raj Patel,2026-11-01T09:00:00Z
Send quote,T2,Completed,Low,2026-11-11T09:00:00Z,2026-11-12T09:00:00Z,Sofia Santos,2026-11-01T09:00:00Z
Prepare demo,T3,Open,High,2026-11-24T09:00:00Z,,Raj Patel,2026-11-02T09:00:00Z`,
  events: `title,external_id,starts_at,ends_at,attendees,owner,created_at
Kick-off,E1,2026-11-23T09:00:00Z,2026-11-23T10:00:00Z,sarah@open-door.example,Raj Patel,2026-11-01T09:00:00Z
Review,E2,2026-11-12T09:00:00Z,2026-11-12T10:00:00Z,april@acme.example,Sofia Santos,2026-11-01T09:00:00Z`,
  notes: `body,external_id,title,author,related_type,related_external_id,created_at
Pricing was too high for them.,N1,Talk,Raj Patel,organisation,O2,2026-11-10T09:00:00Z
They like the new sensor.,N2,Visit,Sofia Santos,organisation,O1,2026-10-10T09:00:00Z`,
}

/** A workspace with these records, in which Raj Patel and Sofia Santos own most. */
export async function createPlannerWorld(): Promise<TestWorkspace> {
  const workspace = await createTestWorkspace()
  await workspace.member('rep', 'Raj Patel')
  await workspace.member('rep', 'Sofia Santos')
  const { operations } = createTestOperations(workspace.database)
  const imports = createImportService({
    database: workspace.database,
    operations,
    clock: { now: () => now },
    folder: tmpdir(),
    logger: { error: () => undefined },
  })
  for (const [entity, text] of Object.entries(files)) {
    const result = await imports.importFile(workspace.actor, chunks(text), { entity: entity as EntityName, createMissing: true })
    if (result.errors.length > 0) throw new Error(`${entity}: ${JSON.stringify(result.errors)}`)
  }
  return workspace
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}
