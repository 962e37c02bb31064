import type { SystemExport } from './system-export.ts'

export const hubspotExports: SystemExport[] = [
  {
    system: 'HubSpot',
    entity: 'organisations',
    file: `Record ID,Company name,Company owner,Create Date,Phone Number,Last Activity Date,City,Country/Region,Industry,Company Domain Name,Number of Employees,State/Region,Annual Revenue
9001,Harbour Foods,Kim Lee,2024-03-01 09:30,+1 415 555 0100,2024-06-02 10:00,Oakland,United States,FOOD_BEVERAGES,harbour.example,120,CA,5000000
`,
    mapping: {
      'Record ID': 'external_id',
      'Company name': 'name',
      'Company owner': 'owner',
      'Create Date': 'created_at',
      'Phone Number': 'phone',
      City: 'city',
      'Country/Region': 'country',
      Industry: 'industry',
      'Company Domain Name': 'domain',
      'Number of Employees': 'size',
      'State/Region': 'state',
    },
    record: {
      external_id: '9001',
      name: 'Harbour Foods',
      domain: 'harbour.example',
      size: 120,
      state: 'CA',
      owner: 'Kim Lee',
      created_at: '2024-03-01T09:30:00.000Z',
    },
  },
  {
    system: 'HubSpot',
    entity: 'contacts',
    file: `Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Lead Status,Marketing contact status,Create Date,Associated Company,Associated Company IDs,Job Title,Last Contacted,Postal Code,Original Source
101,Ana,Ruiz,ana@harbour.example,+1 415 555 0101,+1 415 555 0199,Kim Lee,OPEN,Marketing contact,2024-03-01 09:30,Harbour Foods,9001,Buyer,2024-06-02 10:00,94601,Organic Search
`,
    mapping: {
      'Record ID': 'external_id',
      'First Name': 'first_name',
      'Last Name': 'last_name',
      Email: 'email',
      'Phone Number': 'phone',
      'Mobile Phone Number': 'mobile',
      'Contact owner': 'owner',
      'Create Date': 'created_at',
      'Associated Company': 'organisation',
      'Job Title': 'title',
      'Last Contacted': 'last_contacted_at',
      'Postal Code': 'postcode',
      'Original Source': 'source',
    },
    record: { external_id: '101', name: 'Ana Ruiz', organisation: 'Harbour Foods', mobile: '+1 415 555 0199', source: 'Organic Search', postcode: '94601' },
  },
  {
    system: 'HubSpot',
    entity: 'opportunities',
    file: `Record ID,Deal Name,Deal Stage,Pipeline,Close Date,Deal owner,Amount,Currency,Deal probability,Associated Contact,Associated Company,Create Date,Deal Type
501,Harbour renewal,closedwon,Sales Pipeline,2024-07-15 00:00,Kim Lee,25000.50,USD,100,Ana Ruiz (ana@harbour.example),Harbour Foods,2024-03-01 09:30,newbusiness
502,Harbour pilot,appointmentscheduled,Sales Pipeline,2024-09-15 00:00,Kim Lee,1000,USD,20,,Harbour Foods,2024-04-01 09:30,newbusiness
`,
    mapping: {
      'Record ID': 'external_id',
      'Deal Name': 'name',
      'Deal Stage': 'stage',
      Pipeline: 'pipeline',
      'Close Date': 'forecast_close_date',
      'Deal owner': 'owner',
      Amount: 'value',
      Currency: 'currency',
      'Deal probability': 'probability',
      'Associated Contact': 'contact_email',
      'Associated Company': 'organisation',
      'Create Date': 'created_at',
    },
    record: {
      external_id: '501',
      stage: 'Closed won',
      state: 'won',
      actual_close_date: '2024-07-15',
      value: '25000.50',
      contact_email: 'ana@harbour.example',
      organisation: 'Harbour Foods',
    },
  },
  {
    system: 'HubSpot',
    entity: 'tasks',
    file: `Record ID,Task Title,Task Status,Due date,Priority,Task Type,Assigned to,Completed at,Create date
701,Call Ana,COMPLETED,2024-05-02 09:00,HIGH,CALL,Kim Lee,2024-05-02 11:00,2024-04-30 08:00
`,
    mapping: {
      'Record ID': 'external_id',
      'Task Title': 'title',
      'Task Status': 'status',
      'Due date': 'due_at',
      Priority: 'priority',
      'Assigned to': 'owner',
      'Completed at': 'completed_at',
      'Create date': 'created_at',
    },
    record: { external_id: '701', title: 'Call Ana', status: 'Completed', owner: 'Kim Lee', completed_at: '2024-05-02T11:00:00.000Z' },
  },
  {
    system: 'HubSpot',
    entity: 'products',
    file: `Record ID,Name,SKU,Unit price,Unit cost,Product description,Currency,Create Date
801,Lamp,LMP-1,49.90,20,A lamp,USD,2024-01-01 00:00
`,
    mapping: {
      'Record ID': 'external_id',
      Name: 'name',
      SKU: 'sku',
      'Unit price': 'price',
      'Unit cost': 'cost',
      'Product description': 'description',
      Currency: 'currency',
    },
    record: { sku: 'LMP-1', name: 'Lamp', price: '49.90', cost: '20', external_id: '801' },
  },
  {
    system: 'HubSpot',
    entity: 'notes',
    file: `Record ID,Note body,Activity date,Activity assigned to
901,"Likes tea, not coffee",2024-05-03 10:00,Kim Lee
`,
    mapping: { 'Record ID': 'external_id', 'Note body': 'body', 'Activity date': 'created_at', 'Activity assigned to': 'author' },
    record: { body: 'Likes tea, not coffee', author: 'Kim Lee', external_id: '901' },
  },
  {
    system: 'HubSpot',
    entity: 'events',
    file: `Record ID,Meeting name,Meeting start time,Meeting end time,Activity assigned to
951,Kick-off,2024-05-03 10:00,2024-05-03 11:00,Kim Lee
`,
    mapping: {
      'Record ID': 'external_id',
      'Meeting name': 'title',
      'Meeting start time': 'starts_at',
      'Meeting end time': 'ends_at',
      'Activity assigned to': 'owner',
    },
    record: { external_id: '951', title: 'Kick-off', starts_at: '2024-05-03T10:00:00.000Z', ends_at: '2024-05-03T11:00:00.000Z' },
  },
]
