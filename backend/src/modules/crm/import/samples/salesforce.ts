import type { SystemExport } from './system-export.ts'

export const salesforceExports: SystemExport[] = [
  {
    system: 'Salesforce',
    entity: 'organisations',
    file: `Account ID,Account Name,Account Owner,Type,Industry,Employees,Annual Revenue,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code,Billing Country,Phone,Website,Created Date,Last Modified Date
0015g00000AbCdE,Northwind,Sam Field,Customer,Energy,300,9000000,1 Main St,Berlin,BE,10115,Germany,030 1,https://northwind.example,2024-01-31,2024-02-01
`,
    mapping: {
      'Account ID': 'external_id',
      'Account Name': 'name',
      'Account Owner': 'owner',
      Industry: 'industry',
      Employees: 'size',
      'Billing City': 'city',
      'Billing State/Province': 'state',
      'Billing Country': 'country',
      Phone: 'phone',
      Website: 'domain',
      'Created Date': 'created_at',
      'Last Modified Date': 'updated_at',
    },
    record: { external_id: '0015g00000AbCdE', name: 'Northwind', city: 'Berlin', size: 300, owner: 'Sam Field' },
  },
  {
    system: 'Salesforce',
    entity: 'contacts',
    file: `Contact ID,Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mailing State/Province,Mailing Zip/Postal Code,Mailing Country,Phone,Mobile,Email,Contact Owner,Lead Source,Birthdate,Email Opt Out,Region__c
0035g00000XyZ,Ms.,Lena,Krug,Head of IT,Northwind,2 Side St,Hamburg,HH,20095,Germany,040 1,0171 1,lena@northwind.example,Sam Field,Web,1984-02-29,0,North
`,
    mapping: {
      'Contact ID': 'external_id',
      'First Name': 'first_name',
      'Last Name': 'last_name',
      Title: 'title',
      'Account Name': 'organisation',
      'Mailing Street': 'street',
      'Mailing City': 'city',
      'Mailing State/Province': 'state',
      'Mailing Zip/Postal Code': 'postcode',
      'Mailing Country': 'country',
      Phone: 'phone',
      Mobile: 'mobile',
      Email: 'email',
      'Contact Owner': 'owner',
      'Lead Source': 'source',
      Birthdate: 'date_of_birth',
      Region__c: 'custom.region',
    },
    record: { external_id: '0035g00000XyZ', organisation: 'Northwind', postcode: '20095', date_of_birth: '1984-02-29', custom: { region: 'North' } },
  },
  {
    system: 'Salesforce',
    entity: 'leads',
    file: `Lead ID,First Name,Last Name,Title,Company / Account,Lead Source,Rating,City,State/Province,Country,Email,Phone,Lead Owner,Lead Status,Industry,Created Date,Converted Date
00Q5g000001,Max,Moritz,CTO,Windmill GmbH,Partner,Hot,Kiel,SH,Germany,max@windmill.example,0431 1,Sam Field,Working - Contacted,Energy,2024-01-31,
`,
    mapping: {
      'Lead ID': 'external_id',
      'First Name': 'first_name',
      'Last Name': 'last_name',
      Title: 'title',
      'Company / Account': 'organisation',
      'Lead Source': 'source',
      Rating: 'rating',
      City: 'city',
      'State/Province': 'state',
      Country: 'country',
      Email: 'email',
      Phone: 'phone',
      'Lead Owner': 'owner',
      'Lead Status': 'status',
      Industry: 'industry',
      'Created Date': 'created_at',
      'Converted Date': 'converted_at',
    },
    record: { external_id: '00Q5g000001', organisation: 'Windmill GmbH', rating: 5, status: 'Working - Contacted', industry: 'Energy' },
  },
  {
    system: 'Salesforce',
    entity: 'opportunities',
    file: `Opportunity ID,Opportunity Name,Account Name,Stage,Amount Currency,Amount,Probability (%),Close Date,Opportunity Owner,Created Date,Last Stage Change Date,Next Step,Fiscal Period
0065g000001,Northwind rollout,Northwind,Closed Won,EUR,120000.00,100,2024-04-30,Sam Field,2024-01-31,2024-04-30,,Q2-2024
0065g000002,Northwind extension,Northwind,Proposal/Price Quote,EUR,8000.00,75,2024-12-30,Sam Field,2024-01-31,2024-02-10,Send offer,Q4-2024
`,
    mapping: {
      'Opportunity ID': 'external_id',
      'Opportunity Name': 'name',
      'Account Name': 'organisation',
      Stage: 'stage',
      'Amount Currency': 'currency',
      Amount: 'value',
      'Probability (%)': 'probability',
      'Close Date': 'forecast_close_date',
      'Opportunity Owner': 'owner',
      'Created Date': 'created_at',
      'Last Stage Change Date': 'stage_changed_at',
    },
    record: {
      external_id: '0065g000001',
      state: 'won',
      actual_close_date: '2024-04-30',
      value: '120000.00',
      currency: 'EUR',
      owner: 'Sam Field',
    },
  },
  {
    system: 'Salesforce data export',
    entity: 'opportunities',
    file: `"Id","IsDeleted","AccountId","Name","StageName","Amount","Probability","CloseDate","CurrencyIsoCode","LeadSource","OwnerId","CreatedDate","SystemModstamp"
"0065g0000XYZabcAAB","false","","Solar park","Closed Lost","50000.0","0.0","2024-05-31","EUR","Web","Sam Field","2024-01-31T08:00:00.000Z","2024-05-31T08:00:00.000Z"
`,
    mapping: {
      Id: 'external_id',
      Name: 'name',
      StageName: 'stage',
      Amount: 'value',
      Probability: 'probability',
      CloseDate: 'forecast_close_date',
      CurrencyIsoCode: 'currency',
      OwnerId: 'owner',
      CreatedDate: 'created_at',
      SystemModstamp: 'updated_at',
    },
    record: { external_id: '0065g0000XYZabcAAB', state: 'lost', actual_close_date: '2024-05-31', currency: 'EUR' },
  },
  {
    system: 'Salesforce',
    entity: 'tasks',
    file: `Activity ID,Subject,Status,Priority,Due Date,Assigned To,Created Date
00T5g01,Send brochure,Not Started,Normal,2024-06-01,Sam Field,2024-05-20
`,
    mapping: {
      'Activity ID': 'external_id',
      Subject: 'title',
      Status: 'status',
      Priority: 'priority',
      'Due Date': 'due_at',
      'Assigned To': 'owner',
      'Created Date': 'created_at',
    },
    record: { external_id: '00T5g01', title: 'Send brochure', status: 'Not Started', priority: 'Normal' },
  },
  {
    system: 'Salesforce data export',
    entity: 'events',
    file: `Id,Subject,StartDateTime,EndDateTime,OwnerId,CreatedDate
00U5g01,Visit,2024-06-01T09:00:00.000Z,2024-06-01T10:00:00.000Z,Sam Field,2024-05-20T00:00:00.000Z
`,
    mapping: { Id: 'external_id', Subject: 'title', StartDateTime: 'starts_at', EndDateTime: 'ends_at', OwnerId: 'owner', CreatedDate: 'created_at' },
    record: { external_id: '00U5g01', title: 'Visit', starts_at: '2024-06-01T09:00:00.000Z' },
  },
  {
    system: 'Salesforce',
    entity: 'products',
    file: `Product ID,Product Name,Product Code,Product Description,Product Family,Active
01t5g01,Inverter,INV-7,An inverter,Hardware,1
`,
    mapping: {
      'Product ID': 'external_id',
      'Product Name': 'name',
      'Product Code': 'sku',
      'Product Description': 'description',
      'Product Family': 'category',
      Active: 'active',
    },
    record: { external_id: '01t5g01', sku: 'INV-7', name: 'Inverter', category: 'Hardware', active: true },
  },
]
