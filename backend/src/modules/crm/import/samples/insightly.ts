import type { SystemExport } from './system-export.ts'

export const insightlyExports: SystemExport[] = [
  {
    system: 'Insightly',
    entity: 'organisations',
    file: `Record ID,Organization Name,Organization Owner,Phone,Website,Billing Address City,Billing Address State,Billing Address Country,Date Created,Date Updated,Tag List
77001,Globex,Ira Insight,555-1,globex.example,Cypress Creek,OR,USA,2024-01-05 10:00:00,2024-02-05 10:00:00,vip;west
`,
    mapping: {
      'Record ID': 'external_id',
      'Organization Name': 'name',
      'Organization Owner': 'owner',
      Phone: 'phone',
      Website: 'domain',
      'Billing Address City': 'city',
      'Billing Address State': 'state',
      'Billing Address Country': 'country',
      'Date Created': 'created_at',
      'Date Updated': 'updated_at',
      'Tag List': 'tags',
    },
    record: { external_id: '77001', name: 'Globex', city: 'Cypress Creek', tags: ['vip', 'west'] },
  },
  {
    system: 'Insightly',
    entity: 'contacts',
    file: `Contact Record ID,Salutation,Contact First Name,Contact Last Name,Contact Email Address,Organization,Contact Owner,Contact Title,Business Phone,Mobile Phone,Mailing Address Street,Mailing Address City,Mailing Address State,Mailing Address Postcode,Mailing Address Country,Date of Birth,Date Created,Email Opted Out,Lead Source
88001,Mr.,Hank,Scorpio,hank@globex.example,Globex,Ira Insight,President,555-1,555-2,1 Volcano Rd,Cypress Creek,OR,97001,USA,1960-01-02,2024-01-05 10:00:00,false,Referral
`,
    mapping: {
      'Contact Record ID': 'external_id',
      'Contact First Name': 'first_name',
      'Contact Last Name': 'last_name',
      'Contact Email Address': 'email',
      Organization: 'organisation',
      'Contact Owner': 'owner',
      'Contact Title': 'title',
      'Business Phone': 'phone',
      'Mobile Phone': 'mobile',
      'Mailing Address Street': 'street',
      'Mailing Address City': 'city',
      'Mailing Address State': 'state',
      'Mailing Address Postcode': 'postcode',
      'Mailing Address Country': 'country',
      'Date of Birth': 'date_of_birth',
      'Date Created': 'created_at',
      'Lead Source': 'source',
    },
    record: { external_id: '88001', name: 'Hank Scorpio', organisation: 'Globex', postcode: '97001', title: 'President' },
  },
  {
    system: 'Insightly interface',
    entity: 'contacts',
    file: `CONTACT_ID,FIRST_NAME,LAST_NAME,EMAIL_ADDRESS,PHONE,PHONE_MOBILE,ADDRESS_MAIL_STREET,ADDRESS_MAIL_CITY,ADDRESS_MAIL_STATE,ADDRESS_MAIL_POSTCODE,ADDRESS_MAIL_COUNTRY,OWNER_USER_ID,DATE_CREATED_UTC,DATE_UPDATED_UTC,TITLE,REGION__c
88002,Homer,Simpson,homer@globex.example,555-3,555-4,742 Evergreen Terrace,Springfield,OR,97477,USA,Ira Insight,2024-01-05 10:00:00,2024-01-06 10:00:00,Executive,West
`,
    mapping: {
      CONTACT_ID: 'external_id',
      FIRST_NAME: 'first_name',
      LAST_NAME: 'last_name',
      EMAIL_ADDRESS: 'email',
      PHONE: 'phone',
      PHONE_MOBILE: 'mobile',
      ADDRESS_MAIL_STREET: 'street',
      ADDRESS_MAIL_CITY: 'city',
      ADDRESS_MAIL_STATE: 'state',
      ADDRESS_MAIL_POSTCODE: 'postcode',
      ADDRESS_MAIL_COUNTRY: 'country',
      OWNER_USER_ID: 'owner',
      DATE_CREATED_UTC: 'created_at',
      DATE_UPDATED_UTC: 'updated_at',
      TITLE: 'title',
      REGION__c: 'custom.region',
    },
    record: { external_id: '88002', name: 'Homer Simpson', street: '742 Evergreen Terrace', custom: { region: 'West' } },
  },
  {
    system: 'Insightly',
    entity: 'leads',
    file: `Record ID,First Name,Last Name,Title,Organization Name,Email,Phone,Lead Source,Lead Status,Lead Owner,Lead Rating,Industry,Address City,Address State,Address Country,Date Created
99001,Mona,Lot,CEO,Lotworks,mona@lotworks.example,555-5,Trade show,OPEN - NotContacted,Ira Insight,4,Retail,Salem,OR,USA,2024-01-05 10:00:00
`,
    mapping: {
      'Record ID': 'external_id',
      'First Name': 'first_name',
      'Last Name': 'last_name',
      Title: 'title',
      'Organization Name': 'organisation',
      Email: 'email',
      Phone: 'phone',
      'Lead Source': 'source',
      'Lead Status': 'status',
      'Lead Owner': 'owner',
      'Lead Rating': 'rating',
      Industry: 'industry',
      'Address City': 'city',
      'Address State': 'state',
      'Address Country': 'country',
      'Date Created': 'created_at',
    },
    record: { external_id: '99001', organisation: 'Lotworks', rating: 4, status: 'OPEN - NotContacted' },
  },
  {
    system: 'Insightly',
    entity: 'opportunities',
    file: `Record ID,Opportunity Name,Organization,Opportunity State,Pipeline,Pipeline Stage,Opportunity Value,Bid Currency,Probability Of Winning,Forecast Close Date,Actual Close Date,User Responsible,Date Created
66001,Globex dome,Globex,WON,Sales,Contract,750000,USD,100,2024-05-01,2024-04-28,Ira Insight,2024-01-05 10:00:00
66002,Globex cannon,Globex,ABANDONED,Sales,Offer,5,USD,10,2024-05-01,,Ira Insight,2024-01-05 10:00:00
`,
    mapping: {
      'Record ID': 'external_id',
      'Opportunity Name': 'name',
      Organization: 'organisation',
      'Opportunity State': 'state',
      Pipeline: 'pipeline',
      'Pipeline Stage': 'stage',
      'Opportunity Value': 'value',
      'Bid Currency': 'currency',
      'Probability Of Winning': 'probability',
      'Forecast Close Date': 'forecast_close_date',
      'Actual Close Date': 'actual_close_date',
      'User Responsible': 'owner',
      'Date Created': 'created_at',
    },
    record: { external_id: '66001', state: 'won', stage: 'Contract', actual_close_date: '2024-04-28', value: '750000', organisation: 'Globex' },
  },
  {
    system: 'Insightly interface',
    entity: 'tasks',
    file: `TASK_ID,TITLE,DUE_DATE,COMPLETED_DATE_UTC,STATUS,PRIORITY,RESPONSIBLE_USER_ID,DATE_CREATED_UTC
55001,Paint dome,2024-06-01 00:00:00,,IN PROGRESS,2,Ira Insight,2024-01-05 10:00:00
`,
    mapping: {
      TASK_ID: 'external_id',
      TITLE: 'title',
      DUE_DATE: 'due_at',
      COMPLETED_DATE_UTC: 'completed_at',
      STATUS: 'status',
      PRIORITY: 'priority',
      RESPONSIBLE_USER_ID: 'owner',
      DATE_CREATED_UTC: 'created_at',
    },
    record: { external_id: '55001', status: 'In progress', owner: 'Ira Insight' },
  },
  {
    system: 'Insightly interface',
    entity: 'events',
    file: `EVENT_ID,TITLE,LOCATION,START_DATE_UTC,END_DATE_UTC,OWNER_USER_ID
44001,Opening,Dome,2024-06-01 09:00:00,2024-06-01 10:00:00,Ira Insight
`,
    mapping: { EVENT_ID: 'external_id', TITLE: 'title', START_DATE_UTC: 'starts_at', END_DATE_UTC: 'ends_at', OWNER_USER_ID: 'owner' },
    record: { external_id: '44001', title: 'Opening', starts_at: '2024-06-01T09:00:00.000Z' },
  },
  {
    system: 'Insightly interface',
    entity: 'notes',
    file: `NOTE_ID,TITLE,BODY,OWNER_USER_ID,DATE_CREATED_UTC
33001,Dome,Round,Ira Insight,2024-01-05 10:00:00
`,
    mapping: { NOTE_ID: 'external_id', TITLE: 'title', BODY: 'body', OWNER_USER_ID: 'author', DATE_CREATED_UTC: 'created_at' },
    record: { external_id: '33001', title: 'Dome', body: 'Round' },
  },
  {
    system: 'Insightly interface',
    entity: 'products',
    file: `PRODUCT_ID,PRODUCT_NAME,PRODUCT_SKU,DESCRIPTION,PRODUCT_FAMILY,COST,DEFAULT_PRICE,CURRENCY_CODE,ACTIVE
22001,Dome kit,DOME-1,A kit,Domes,100,250.5,USD,true
`,
    mapping: {
      PRODUCT_ID: 'external_id',
      PRODUCT_NAME: 'name',
      PRODUCT_SKU: 'sku',
      DESCRIPTION: 'description',
      PRODUCT_FAMILY: 'category',
      COST: 'cost',
      DEFAULT_PRICE: 'price',
      CURRENCY_CODE: 'currency',
      ACTIVE: 'active',
    },
    record: { external_id: '22001', sku: 'DOME-1', price: '250.5', active: true },
  },
]
