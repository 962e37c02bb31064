/** The CRM's entities and fields: the one table from which storage, import, query, planner vocabulary, API schemas and web columns are derived. */

export type FieldType =
  | 'id'
  | 'text'
  | 'longText'
  | 'email'
  | 'phone'
  | 'integer'
  | 'number'
  | 'money'
  | 'currency'
  | 'date'
  | 'datetime'
  | 'boolean'
  | 'choice'
  | 'multiChoice'
  | 'tags'
  | 'list'
  | 'reference'

export interface FieldDefinition {
  type: FieldType
  /** Sentence-case heading shown to people. */
  label: string
  /** Database column when it differs from the field's name; a reference names its id column. */
  column?: string
  /** The entity a reference points to. */
  entity?: EntityName
  /** The field of the referenced entity shown as this field's value. Default: its label field. */
  display?: string
  /** Allowed values of a closed choice; an open choice (status, industry) has none. */
  choices?: readonly string[]
  /** Set by the server; never imported or written by a client. */
  computed?: boolean
  /** Lowest and highest accepted number. */
  min?: number
  max?: number
  /** Its distinct values are kept as vocabulary, so that a question may name them ("in London", "healthcare"). */
  vocabulary?: boolean
}

export interface RelationDefinition {
  entity: EntityName
  /** Column of the other entity that holds this record's id, or null when the other side is `related_type`/`related_id`. */
  foreignKey: string | null
}

export interface EntityDefinition {
  name: EntityName
  /** Singular noun as used in `related_type`, citations and links. */
  singular: string
  label: string
  labelPlural: string
  table: string
  /** Field whose value names a record to a person. */
  labelField: string
  /** At least one group must be wholly present for a row to be a record. */
  requiredAny: readonly (readonly string[])[]
  fields: Readonly<Record<string, FieldDefinition>>
  /** One-to-many relations by name. */
  relations: Readonly<Record<string, RelationDefinition>>
  /** Columns of a table of these records when nobody chose others. */
  defaultColumns: readonly string[]
  /** The time that "new", "this month" and the like mean when a question names no other. */
  defaultTime: string
  /** The figure that "biggest" and "total" mean. */
  defaultMeasure?: string
  /** Has tags, custom fields, owner, soft delete, history: a first-class record. */
  record: boolean
  importable: boolean
  searchable: boolean
}

export const entityNames = [
  'organisations',
  'contacts',
  'leads',
  'opportunities',
  'pipelines',
  'stages',
  'products',
  'orders',
  'order_lines',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
  'notes',
  'emails',
  'users',
  'tags',
] as const
export type EntityName = (typeof entityNames)[number]

const id: FieldDefinition = { type: 'id', label: 'Id', computed: true }
const externalId: FieldDefinition = { type: 'text', label: 'External id' }
const owner: FieldDefinition = { type: 'reference', label: 'Owner', entity: 'users', column: 'owner_id' }
/** Who sees a record: everyone of the workspace, its owner's team, or its owner alone; owners and admins of the workspace see all. */
export const visibilities = ['everyone', 'team', 'owner'] as const
export type Visibility = (typeof visibilities)[number]
const visibility: FieldDefinition = { type: 'choice', label: 'Visible to', choices: visibilities }
const tags: FieldDefinition = { type: 'tags', label: 'Tags', vocabulary: true }
const createdAt: FieldDefinition = { type: 'datetime', label: 'Created' }
const updatedAt: FieldDefinition = { type: 'datetime', label: 'Updated' }
const currency: FieldDefinition = { type: 'currency', label: 'Currency' }
const place = {
  city: { type: 'text', label: 'City', vocabulary: true },
  state: { type: 'text', label: 'State', vocabulary: true },
  country: { type: 'text', label: 'Country', vocabulary: true },
} as const satisfies Record<string, FieldDefinition>
const related = {
  related_type: { type: 'choice', label: 'Related type', choices: ['organisation', 'contact', 'lead', 'opportunity', 'product', 'order'] },
  related_id: { type: 'id', label: 'Related record' },
} as const satisfies Record<string, FieldDefinition>

const activityRelations = {
  tasks: { entity: 'tasks', foreignKey: null },
  events: { entity: 'events', foreignKey: null },
  notes: { entity: 'notes', foreignKey: null },
  emails: { entity: 'emails', foreignKey: null },
} as const satisfies Record<string, RelationDefinition>

export const entities: Readonly<Record<EntityName, EntityDefinition>> = {
  organisations: {
    name: 'organisations',
    singular: 'organisation',
    label: 'Organisation',
    labelPlural: 'Organisations',
    table: 'organisations',
    labelField: 'name',
    requiredAny: [['name']],
    fields: {
      id,
      name: { type: 'text', label: 'Name' },
      external_id: externalId,
      domain: { type: 'text', label: 'Domain' },
      industry: { type: 'choice', label: 'Industry', vocabulary: true },
      size: { type: 'integer', label: 'Employees', min: 0 },
      phone: { type: 'phone', label: 'Phone' },
      ...place,
      owner,
      visibility,
      tags,
      created_at: createdAt,
      updated_at: updatedAt,
    },
    relations: {
      contacts: { entity: 'contacts', foreignKey: 'organisation_id' },
      opportunities: { entity: 'opportunities', foreignKey: 'organisation_id' },
      orders: { entity: 'orders', foreignKey: 'organisation_id' },
      order_lines: { entity: 'order_lines', foreignKey: 'organisation_id' },
      quotes: { entity: 'quotes', foreignKey: 'organisation_id' },
      ...activityRelations,
    },
    defaultColumns: ['name', 'industry', 'city', 'country', 'owner', 'created_at'],
    defaultTime: 'created_at',
    defaultMeasure: 'size',
    record: true,
    importable: true,
    searchable: true,
  },
  contacts: {
    name: 'contacts',
    singular: 'contact',
    label: 'Contact',
    labelPlural: 'Contacts',
    table: 'contacts',
    labelField: 'name',
    requiredAny: [['last_name'], ['first_name'], ['email']],
    fields: {
      id,
      name: { type: 'text', label: 'Name', computed: true },
      first_name: { type: 'text', label: 'First name' },
      last_name: { type: 'text', label: 'Last name' },
      email: { type: 'email', label: 'E-mail' },
      external_id: externalId,
      phone: { type: 'phone', label: 'Phone' },
      mobile: { type: 'phone', label: 'Mobile' },
      title: { type: 'text', label: 'Job title', vocabulary: true },
      organisation: { type: 'reference', label: 'Organisation', entity: 'organisations', column: 'organisation_id' },
      street: { type: 'text', label: 'Street' },
      city: place.city,
      state: place.state,
      postcode: { type: 'text', label: 'Postcode' },
      country: place.country,
      date_of_birth: { type: 'date', label: 'Date of birth' },
      source: { type: 'choice', label: 'Source', vocabulary: true },
      owner,
      visibility,
      tags,
      last_contacted_at: { type: 'datetime', label: 'Last contacted' },
      created_at: createdAt,
      updated_at: updatedAt,
    },
    relations: {
      opportunities: { entity: 'opportunities', foreignKey: 'contact_id' },
      orders: { entity: 'orders', foreignKey: 'contact_id' },
      order_lines: { entity: 'order_lines', foreignKey: 'contact_id' },
      quotes: { entity: 'quotes', foreignKey: 'contact_id' },
      ...activityRelations,
    },
    defaultColumns: ['name', 'email', 'phone', 'title', 'organisation', 'city', 'owner'],
    defaultTime: 'created_at',
    record: true,
    importable: true,
    searchable: true,
  },
  leads: {
    name: 'leads',
    singular: 'lead',
    label: 'Lead',
    labelPlural: 'Leads',
    table: 'leads',
    labelField: 'name',
    requiredAny: [['last_name'], ['first_name'], ['email']],
    fields: {
      id,
      name: { type: 'text', label: 'Name', computed: true },
      first_name: { type: 'text', label: 'First name' },
      last_name: { type: 'text', label: 'Last name' },
      email: { type: 'email', label: 'E-mail' },
      external_id: externalId,
      phone: { type: 'phone', label: 'Phone' },
      title: { type: 'text', label: 'Job title', vocabulary: true },
      organisation: { type: 'text', label: 'Organisation' },
      industry: { type: 'choice', label: 'Industry', vocabulary: true },
      status: { type: 'choice', label: 'Status', vocabulary: true },
      source: { type: 'choice', label: 'Source', vocabulary: true },
      rating: { type: 'integer', label: 'Rating', min: 1, max: 5 },
      ...place,
      owner,
      visibility,
      tags,
      created_at: createdAt,
      updated_at: updatedAt,
      converted_at: { type: 'datetime', label: 'Converted' },
    },
    relations: { ...activityRelations },
    defaultColumns: ['name', 'email', 'organisation', 'status', 'source', 'rating', 'owner', 'created_at'],
    defaultTime: 'created_at',
    defaultMeasure: 'rating',
    record: true,
    importable: true,
    searchable: true,
  },
  opportunities: {
    name: 'opportunities',
    singular: 'opportunity',
    label: 'Opportunity',
    labelPlural: 'Opportunities',
    table: 'opportunities',
    labelField: 'name',
    requiredAny: [['name']],
    fields: {
      id,
      name: { type: 'text', label: 'Name' },
      external_id: externalId,
      organisation: { type: 'reference', label: 'Organisation', entity: 'organisations', column: 'organisation_id' },
      contact: { type: 'reference', label: 'Contact', entity: 'contacts', column: 'contact_id', computed: true },
      contact_email: { type: 'reference', label: 'Contact e-mail', entity: 'contacts', column: 'contact_id', display: 'email' },
      pipeline: { type: 'reference', label: 'Pipeline', entity: 'pipelines', column: 'pipeline_id' },
      stage: { type: 'reference', label: 'Stage', entity: 'stages', column: 'stage_id' },
      state: { type: 'choice', label: 'State', choices: ['open', 'won', 'lost', 'abandoned', 'suspended'] },
      value: { type: 'money', label: 'Value' },
      currency,
      probability: { type: 'number', label: 'Probability', min: 0, max: 100 },
      forecast_close_date: { type: 'date', label: 'Forecast close' },
      actual_close_date: { type: 'date', label: 'Closed' },
      owner,
      visibility,
      tags,
      stage_changed_at: { type: 'datetime', label: 'Stage changed' },
      created_at: createdAt,
      updated_at: updatedAt,
    },
    relations: { quotes: { entity: 'quotes', foreignKey: 'opportunity_id' }, ...activityRelations },
    defaultColumns: ['name', 'organisation', 'stage', 'state', 'value', 'currency', 'owner', 'forecast_close_date'],
    defaultTime: 'created_at',
    defaultMeasure: 'value',
    record: true,
    importable: true,
    searchable: true,
  },
  pipelines: {
    name: 'pipelines',
    singular: 'pipeline',
    label: 'Pipeline',
    labelPlural: 'Pipelines',
    table: 'pipelines',
    labelField: 'name',
    requiredAny: [['name']],
    fields: {
      id,
      name: { type: 'text', label: 'Name' },
      external_id: externalId,
      currency,
      created_at: createdAt,
      updated_at: updatedAt,
    },
    relations: {
      stages: { entity: 'stages', foreignKey: 'pipeline_id' },
      opportunities: { entity: 'opportunities', foreignKey: 'pipeline_id' },
    },
    defaultColumns: ['name', 'currency', 'created_at'],
    defaultTime: 'created_at',
    record: false,
    importable: false,
    searchable: true,
  },
  stages: {
    name: 'stages',
    singular: 'stage',
    label: 'Stage',
    labelPlural: 'Stages',
    table: 'stages',
    labelField: 'name',
    requiredAny: [['name']],
    fields: {
      id,
      name: { type: 'text', label: 'Name' },
      pipeline: { type: 'reference', label: 'Pipeline', entity: 'pipelines', column: 'pipeline_id' },
      position: { type: 'integer', label: 'Position', min: 0 },
      probability: { type: 'number', label: 'Probability', min: 0, max: 100 },
      created_at: createdAt,
    },
    relations: { opportunities: { entity: 'opportunities', foreignKey: 'stage_id' } },
    defaultColumns: ['name', 'pipeline', 'position', 'probability'],
    defaultTime: 'created_at',
    record: false,
    importable: false,
    searchable: false,
  },
  products: {
    name: 'products',
    singular: 'product',
    label: 'Product',
    labelPlural: 'Products',
    table: 'products',
    labelField: 'name',
    requiredAny: [['sku']],
    fields: {
      id,
      sku: { type: 'text', label: 'SKU' },
      external_id: externalId,
      name: { type: 'text', label: 'Name' },
      description: { type: 'longText', label: 'Description' },
      category: { type: 'choice', label: 'Category', vocabulary: true },
      brand: { type: 'text', label: 'Brand', vocabulary: true },
      price: { type: 'money', label: 'Price' },
      cost: { type: 'money', label: 'Cost' },
      currency,
      stock: { type: 'integer', label: 'Stock' },
      active: { type: 'boolean', label: 'Active' },
      tags: { ...tags, computed: false },
      created_at: { ...createdAt, computed: true },
      updated_at: { ...updatedAt, computed: true },
    },
    relations: { order_lines: { entity: 'order_lines', foreignKey: 'product_id' }, quote_lines: { entity: 'quote_lines', foreignKey: 'product_id' } },
    defaultColumns: ['sku', 'name', 'category', 'price', 'currency', 'stock', 'active'],
    defaultTime: 'created_at',
    defaultMeasure: 'price',
    record: true,
    importable: true,
    searchable: true,
  },
  orders: {
    name: 'orders',
    singular: 'order',
    label: 'Order',
    labelPlural: 'Orders',
    table: 'orders',
    labelField: 'order_id',
    requiredAny: [['order_id', 'customer', 'ordered_at']],
    fields: {
      id,
      order_id: { type: 'text', label: 'Order number', column: 'order_number' },
      customer: { type: 'text', label: 'Customer' },
      contact: { type: 'reference', label: 'Contact', entity: 'contacts', column: 'contact_id', computed: true },
      organisation: { type: 'reference', label: 'Organisation', entity: 'organisations', column: 'organisation_id', computed: true },
      ordered_at: { type: 'datetime', label: 'Ordered' },
      total: { type: 'money', label: 'Total', computed: true },
      currency,
      line_count: { type: 'integer', label: 'Lines', computed: true },
      created_at: { ...createdAt, computed: true },
      updated_at: { ...updatedAt, computed: true },
    },
    relations: { order_lines: { entity: 'order_lines', foreignKey: 'order_ref' } },
    defaultColumns: ['order_id', 'customer', 'ordered_at', 'total', 'currency', 'line_count'],
    defaultTime: 'ordered_at',
    defaultMeasure: 'total',
    record: true,
    importable: true,
    searchable: true,
  },
  order_lines: {
    name: 'order_lines',
    singular: 'order line',
    label: 'Order line',
    labelPlural: 'Order lines',
    table: 'order_lines',
    labelField: 'description',
    requiredAny: [],
    fields: {
      id,
      order_id: { type: 'reference', label: 'Order number', entity: 'orders', column: 'order_ref' },
      customer: { type: 'text', label: 'Customer', computed: true },
      contact: { type: 'reference', label: 'Contact', entity: 'contacts', column: 'contact_id', computed: true },
      organisation: { type: 'reference', label: 'Organisation', entity: 'organisations', column: 'organisation_id', computed: true },
      ordered_at: { type: 'datetime', label: 'Ordered' },
      product: { type: 'reference', label: 'Product', entity: 'products', column: 'product_id' },
      sku: { type: 'text', label: 'SKU' },
      description: { type: 'text', label: 'Description' },
      quantity: { type: 'number', label: 'Quantity' },
      unit_price: { type: 'money', label: 'Unit price' },
      amount: { type: 'money', label: 'Amount', computed: true },
      currency,
    },
    relations: {},
    defaultColumns: ['order_id', 'ordered_at', 'customer', 'sku', 'description', 'quantity', 'unit_price', 'amount', 'currency'],
    defaultTime: 'ordered_at',
    defaultMeasure: 'amount',
    record: false,
    importable: false,
    searchable: false,
  },
  quotes: {
    name: 'quotes',
    singular: 'quote',
    label: 'Quote',
    labelPlural: 'Quotes',
    table: 'quotes',
    labelField: 'name',
    requiredAny: [['name']],
    fields: {
      id,
      name: { type: 'text', label: 'Name' },
      quote_number: { type: 'text', label: 'Quote number' },
      external_id: externalId,
      status: { type: 'choice', label: 'Status', vocabulary: true },
      opportunity: { type: 'reference', label: 'Opportunity', entity: 'opportunities', column: 'opportunity_id' },
      organisation: { type: 'reference', label: 'Organisation', entity: 'organisations', column: 'organisation_id' },
      contact: { type: 'reference', label: 'Contact', entity: 'contacts', column: 'contact_id', computed: true },
      contact_email: { type: 'reference', label: 'Contact e-mail', entity: 'contacts', column: 'contact_id', display: 'email' },
      expiration_date: { type: 'date', label: 'Expires' },
      subtotal: { type: 'money', label: 'Subtotal' },
      discount: { type: 'number', label: 'Discount' },
      tax: { type: 'money', label: 'Tax' },
      shipping: { type: 'money', label: 'Shipping' },
      total: { type: 'money', label: 'Total' },
      currency,
      owner,
      tags,
      created_at: createdAt,
      updated_at: updatedAt,
    },
    relations: { quote_lines: { entity: 'quote_lines', foreignKey: 'quote_id' } },
    defaultColumns: ['name', 'quote_number', 'status', 'organisation', 'opportunity', 'total', 'currency', 'expiration_date', 'owner'],
    defaultTime: 'created_at',
    defaultMeasure: 'total',
    record: true,
    importable: true,
    searchable: true,
  },
  quote_lines: {
    name: 'quote_lines',
    singular: 'quote line',
    label: 'Quote line',
    labelPlural: 'Quote lines',
    table: 'quote_lines',
    labelField: 'description',
    requiredAny: [['quote', 'quantity']],
    fields: {
      id,
      quote: { type: 'reference', label: 'Quote', entity: 'quotes', column: 'quote_id' },
      external_id: externalId,
      position: { type: 'integer', label: 'Position' },
      product: { type: 'reference', label: 'Product', entity: 'products', column: 'product_id' },
      description: { type: 'text', label: 'Description' },
      quantity: { type: 'number', label: 'Quantity' },
      list_price: { type: 'money', label: 'List price' },
      unit_price: { type: 'money', label: 'Unit price' },
      subtotal: { type: 'money', label: 'Subtotal' },
      discount: { type: 'number', label: 'Discount' },
      total: { type: 'money', label: 'Total' },
      currency,
      created_at: createdAt,
      updated_at: updatedAt,
    },
    relations: {},
    defaultColumns: ['quote', 'product', 'description', 'quantity', 'unit_price', 'discount', 'total', 'currency'],
    defaultTime: 'created_at',
    defaultMeasure: 'total',
    record: true,
    importable: true,
    searchable: false,
  },
  tasks: {
    name: 'tasks',
    singular: 'task',
    label: 'Task',
    labelPlural: 'Tasks',
    table: 'tasks',
    labelField: 'title',
    requiredAny: [['title']],
    fields: {
      id,
      title: { type: 'text', label: 'Title' },
      external_id: externalId,
      status: { type: 'choice', label: 'Status', vocabulary: true },
      priority: { type: 'choice', label: 'Priority', vocabulary: true },
      due_at: { type: 'datetime', label: 'Due' },
      completed_at: { type: 'datetime', label: 'Completed' },
      owner,
      visibility,
      ...related,
      tags,
      created_at: createdAt,
      updated_at: { ...updatedAt, computed: true },
    },
    relations: {},
    defaultColumns: ['title', 'status', 'priority', 'due_at', 'owner'],
    defaultTime: 'due_at',
    record: true,
    importable: true,
    searchable: true,
  },
  events: {
    name: 'events',
    singular: 'event',
    label: 'Event',
    labelPlural: 'Events',
    table: 'events',
    labelField: 'title',
    requiredAny: [['title']],
    fields: {
      id,
      title: { type: 'text', label: 'Title' },
      external_id: externalId,
      starts_at: { type: 'datetime', label: 'Starts' },
      ends_at: { type: 'datetime', label: 'Ends' },
      attendees: { type: 'list', label: 'Attendees' },
      owner,
      visibility,
      ...related,
      tags,
      created_at: createdAt,
      updated_at: { ...updatedAt, computed: true },
    },
    relations: {},
    defaultColumns: ['title', 'starts_at', 'ends_at', 'attendees', 'owner'],
    defaultTime: 'starts_at',
    record: true,
    importable: true,
    searchable: true,
  },
  notes: {
    name: 'notes',
    singular: 'note',
    label: 'Note',
    labelPlural: 'Notes',
    table: 'notes',
    labelField: 'title',
    requiredAny: [['body']],
    fields: {
      id,
      title: { type: 'text', label: 'Title' },
      body: { type: 'longText', label: 'Body' },
      external_id: externalId,
      author: { type: 'reference', label: 'Author', entity: 'users', column: 'author_id' },
      visibility,
      ...related,
      created_at: createdAt,
      updated_at: { ...updatedAt, computed: true },
    },
    relations: {},
    defaultColumns: ['title', 'body', 'author', 'created_at'],
    defaultTime: 'created_at',
    record: true,
    importable: true,
    searchable: true,
  },
  emails: {
    name: 'emails',
    singular: 'email',
    label: 'E-mail',
    labelPlural: 'E-mails',
    table: 'emails',
    labelField: 'subject',
    requiredAny: [['from']],
    fields: {
      id,
      from: { type: 'email', label: 'From', column: 'from_address' },
      to: { type: 'list', label: 'To', column: 'to_addresses' },
      subject: { type: 'text', label: 'Subject' },
      body: { type: 'longText', label: 'Body' },
      sent_at: { type: 'datetime', label: 'Sent' },
      direction: { type: 'choice', label: 'Direction', choices: ['inbound', 'outbound'] },
      external_id: externalId,
      ...related,
      created_at: { ...createdAt, computed: true },
      updated_at: { ...updatedAt, computed: true },
    },
    relations: {},
    defaultColumns: ['subject', 'from', 'to', 'direction', 'sent_at'],
    defaultTime: 'sent_at',
    record: true,
    importable: true,
    searchable: true,
  },
  users: {
    name: 'users',
    singular: 'user',
    label: 'User',
    labelPlural: 'Users',
    table: 'users',
    labelField: 'name',
    requiredAny: [['name'], ['email']],
    fields: {
      id,
      name: { type: 'text', label: 'Name' },
      email: { type: 'email', label: 'E-mail' },
      role: { type: 'choice', label: 'Role', choices: ['owner', 'admin', 'manager', 'rep', 'viewer'] },
      active: { type: 'boolean', label: 'Active' },
      created_at: { ...createdAt, computed: true },
    },
    relations: {
      contacts: { entity: 'contacts', foreignKey: 'owner_id' },
      organisations: { entity: 'organisations', foreignKey: 'owner_id' },
      leads: { entity: 'leads', foreignKey: 'owner_id' },
      opportunities: { entity: 'opportunities', foreignKey: 'owner_id' },
      quotes: { entity: 'quotes', foreignKey: 'owner_id' },
      tasks: { entity: 'tasks', foreignKey: 'owner_id' },
      events: { entity: 'events', foreignKey: 'owner_id' },
      notes: { entity: 'notes', foreignKey: 'author_id' },
    },
    defaultColumns: ['name', 'email', 'role', 'active'],
    defaultTime: 'created_at',
    record: false,
    importable: false,
    searchable: false,
  },
  tags: {
    name: 'tags',
    singular: 'tag',
    label: 'Tag',
    labelPlural: 'Tags',
    table: 'tags',
    labelField: 'name',
    requiredAny: [['name']],
    fields: {
      id,
      name: { type: 'text', label: 'Name' },
      created_at: { ...createdAt, computed: true },
    },
    relations: {},
    defaultColumns: ['name', 'created_at'],
    defaultTime: 'created_at',
    record: false,
    importable: false,
    searchable: false,
  },
}

/** Entities that carry `custom.<key>` fields: every first-class record but e-mails and notes. */
export const customFieldEntities: readonly EntityName[] = [
  'organisations',
  'contacts',
  'leads',
  'opportunities',
  'products',
  'orders',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
]

export const customFieldTypes = ['text', 'number', 'date', 'boolean', 'choice', 'multiChoice'] as const
export type CustomFieldType = (typeof customFieldTypes)[number]

/** A workspace's own field; addressed everywhere as `custom.<key>`. */
export interface CustomFieldDefinition {
  entity: EntityName
  key: string
  label: string
  type: CustomFieldType
  choices: string[]
}

/** Order lines are imported through `orders`, a row a line. */
export const orderImportColumns = ['order_id', 'customer', 'ordered_at', 'sku', 'description', 'quantity', 'unit_price', 'currency'] as const

/** Contact, lead, opportunity... by its singular noun, as `related_type` and citations use it. */
export function entityBySingular(singular: string): EntityDefinition | undefined {
  return entityNames.map((name) => entities[name]).find((entity) => entity.singular === singular)
}

/** Columns a CSV of this entity may have, in canonical order; `related_external_id` stands for `related_id`. */
export function importColumns(name: EntityName): string[] {
  if (name === 'orders') return [...orderImportColumns]
  return Object.entries(entities[name].fields)
    .filter(([, field]) => !field.computed)
    .map(([key]) => (key === 'related_id' ? 'related_external_id' : key))
}

/** The column that names whom a record belongs to, where its visibility can be narrowed; undefined for what everyone sees. */
export function ownerColumn(name: EntityName): 'owner_id' | 'author_id' | undefined {
  const { fields } = entities[name]
  if (fields.visibility === undefined) return undefined
  return fields.owner === undefined ? 'author_id' : 'owner_id'
}
