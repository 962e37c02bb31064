-- The CRM, its vocabulary and search, chat, access. Runs inside schema chatsg; row-level security on every table with a workspace.

create table workspaces (
  id uuid primary key,
  name text not null,
  currency text not null default 'USD',
  time_zone text not null default 'UTC',
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

-- Case- and accent-insensitive form of a text; contracts/fold.ts is its twin and a test holds them equal.
create function fold(value text) returns text language sql immutable parallel safe
return case when octet_length(value) = char_length(value) then lower(value)
  else lower(translate(regexp_replace(normalize(value, NFD), U&'[\0300-\036F]', '', 'g'), 'ßẞæÆœŒøØłŁđĐıþÞðÐħĦŧŦŋŊςΣ’‘', 'ssaaoooollddittddhhttnnσσ''''')) end;

create table users (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  email text,
  role text not null default 'rep' check (role in ('owner', 'admin', 'manager', 'rep', 'viewer')),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index users_email on users (workspace_id, lower(email));

create table tags (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index tags_name on tags (workspace_id, lower(name));

create table custom_fields (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  entity text not null,
  key text not null check (key ~ '^[a-z0-9][a-z0-9_]{0,59}$'),
  label text not null,
  type text not null check (type in ('text', 'number', 'date', 'boolean', 'choice', 'multiChoice')),
  choices text[] not null default '{}',
  created_at timestamptz not null default now(),
  primary key (workspace_id, entity, key)
);

create table pipelines (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  external_id text,
  currency text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id)
);
create unique index pipelines_name on pipelines (workspace_id, lower(name)) where deleted_at is null;

create table stages (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  pipeline_id uuid not null,
  name text not null,
  position integer not null,
  probability numeric,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, pipeline_id) references pipelines (workspace_id, id)
);
create unique index stages_name on stages (workspace_id, pipeline_id, lower(name)) where deleted_at is null;
create table organisations (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  external_id text,
  owner_id uuid,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  domain text,
  domain_key text generated always as (lower(domain)) stored,
  industry text,
  size integer,
  phone text,
  phone_key text,
  city text,
  state text,
  country text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references users (workspace_id, id)
);
create table contacts (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  first_name text,
  last_name text,
  name text generated always as (nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), '')) stored,
  email text,
  email_key text generated always as (lower(email)) stored,
  external_id text,
  owner_id uuid,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  phone text,
  phone_key text,
  mobile text,
  mobile_key text,
  title text,
  organisation_id uuid,
  street text,
  postcode text,
  city text,
  state text,
  country text,
  date_of_birth date,
  source text,
  last_contacted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references users (workspace_id, id),
  foreign key (workspace_id, organisation_id) references organisations (workspace_id, id)
);
create table leads (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  first_name text,
  last_name text,
  name text generated always as (nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), '')) stored,
  email text,
  email_key text generated always as (lower(email)) stored,
  external_id text,
  owner_id uuid,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  phone text,
  phone_key text,
  title text,
  organisation text,
  industry text,
  status text,
  source text,
  rating integer,
  city text,
  state text,
  country text,
  converted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references users (workspace_id, id)
);
create table opportunities (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  external_id text,
  owner_id uuid,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  organisation_id uuid,
  contact_id uuid,
  pipeline_id uuid,
  stage_id uuid,
  state text not null default 'open' check (state in ('open', 'won', 'lost', 'abandoned', 'suspended')),
  value numeric,
  currency text,
  probability numeric,
  forecast_close_date date,
  actual_close_date date,
  stage_changed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references users (workspace_id, id),
  foreign key (workspace_id, organisation_id) references organisations (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id),
  foreign key (workspace_id, pipeline_id) references pipelines (workspace_id, id),
  foreign key (workspace_id, stage_id) references stages (workspace_id, id)
);
create table products (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  sku text not null,
  name text not null,
  external_id text,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  description text,
  category text,
  brand text,
  price numeric,
  cost numeric,
  currency text,
  stock integer,
  active boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id)
);
create unique index products_sku on products (workspace_id, sku) where deleted_at is null;
create table orders (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  order_number text not null,
  customer text not null,
  contact_id uuid,
  organisation_id uuid,
  ordered_at timestamptz not null,
  total numeric not null default 0,
  currency text,
  line_count integer not null default 0,
  custom jsonb not null default '{}',
  tags text[] not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id),
  foreign key (workspace_id, organisation_id) references organisations (workspace_id, id)
);
create unique index orders_number on orders (workspace_id, order_number) where deleted_at is null;
-- Time, customer and currency repeat the order's, so that revenue by product, customer or month reads one table.
create table order_lines (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  order_ref uuid not null,
  position integer not null,
  contact_id uuid,
  organisation_id uuid,
  customer text not null,
  ordered_at timestamptz not null,
  product_id uuid,
  sku text,
  description text,
  quantity numeric not null,
  unit_price numeric not null,
  amount numeric generated always as (quantity * unit_price) stored,
  currency text,
  created_at timestamptz not null,
  deleted_at timestamptz,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, order_ref) references orders (workspace_id, id) on delete cascade,
  foreign key (workspace_id, product_id) references products (workspace_id, id)
);
create index order_lines_order on order_lines (workspace_id, order_ref);
create index order_lines_product on order_lines (workspace_id, product_id);
create index order_lines_contact on order_lines (workspace_id, contact_id) where contact_id is not null;
create index order_lines_organisation on order_lines (workspace_id, organisation_id) where organisation_id is not null;
create index order_lines_time on order_lines (workspace_id, ordered_at);
create index orders_contact on orders (workspace_id, contact_id) where contact_id is not null;
create index orders_organisation on orders (workspace_id, organisation_id) where organisation_id is not null;
create index orders_time on orders (workspace_id, ordered_at);
create table tasks (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  title text not null,
  external_id text,
  owner_id uuid,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  status text,
  priority text,
  due_at timestamptz,
  completed_at timestamptz,
  related_type text,
  related_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references users (workspace_id, id)
);
create table events (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  title text not null,
  external_id text,
  owner_id uuid,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  starts_at timestamptz,
  ends_at timestamptz,
  attendees text[] not null default '{}',
  related_type text,
  related_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references users (workspace_id, id)
);
create table notes (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  title text,
  body text not null,
  external_id text,
  author_id uuid,
  related_type text,
  related_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, author_id) references users (workspace_id, id)
);
create table emails (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  from_address text not null,
  to_addresses text[] not null default '{}',
  subject text,
  body text,
  sent_at timestamptz,
  direction text check (direction in ('inbound', 'outbound')),
  external_id text,
  related_type text,
  related_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id)
);
create index tasks_related on tasks (workspace_id, related_id) where related_id is not null;
create index events_related on events (workspace_id, related_id) where related_id is not null;
create index notes_related on notes (workspace_id, related_id) where related_id is not null;
create index emails_related on emails (workspace_id, related_id) where related_id is not null;
create unique index organisations_external on organisations (workspace_id, external_id) where external_id is not null and deleted_at is null;
create unique index contacts_external on contacts (workspace_id, external_id) where external_id is not null and deleted_at is null;
create unique index leads_external on leads (workspace_id, external_id) where external_id is not null and deleted_at is null;
create unique index opportunities_external on opportunities (workspace_id, external_id) where external_id is not null and deleted_at is null;
create unique index products_external on products (workspace_id, external_id) where external_id is not null and deleted_at is null;
create unique index tasks_external on tasks (workspace_id, external_id) where external_id is not null and deleted_at is null;
create unique index events_external on events (workspace_id, external_id) where external_id is not null and deleted_at is null;
create unique index notes_external on notes (workspace_id, external_id) where external_id is not null and deleted_at is null;
create unique index emails_external on emails (workspace_id, external_id) where external_id is not null and deleted_at is null;
create index organisations_import on organisations (import_id) where import_id is not null;
create index contacts_import on contacts (import_id) where import_id is not null;
create index leads_import on leads (import_id) where import_id is not null;
create index opportunities_import on opportunities (import_id) where import_id is not null;
create index products_import on products (import_id) where import_id is not null;
create index orders_import on orders (import_id) where import_id is not null;
create index tasks_import on tasks (import_id) where import_id is not null;
create index events_import on events (import_id) where import_id is not null;
create index notes_import on notes (import_id) where import_id is not null;
create index emails_import on emails (import_id) where import_id is not null;
create index organisations_owner on organisations (workspace_id, owner_id);
create index organisations_created on organisations (workspace_id, created_at, id);
create index contacts_owner on contacts (workspace_id, owner_id);
create index contacts_created on contacts (workspace_id, created_at, id);
create index leads_owner on leads (workspace_id, owner_id);
create index leads_created on leads (workspace_id, created_at, id);
create index opportunities_owner on opportunities (workspace_id, owner_id);
create index opportunities_created on opportunities (workspace_id, created_at, id);
create index tasks_owner on tasks (workspace_id, owner_id);
create index tasks_created on tasks (workspace_id, created_at, id);
create index events_owner on events (workspace_id, owner_id);
create index events_created on events (workspace_id, created_at, id);
-- Under row-level security an index serves leakproof comparisons of plain columns only, hence the *_key columns.
create index contacts_email on contacts (workspace_id, email_key) where deleted_at is null;
create index leads_email on leads (workspace_id, email_key) where deleted_at is null;
create index organisations_domain on organisations (workspace_id, domain_key) where deleted_at is null;
create index contacts_organisation on contacts (workspace_id, organisation_id) where organisation_id is not null;
create index opportunities_organisation on opportunities (workspace_id, organisation_id) where organisation_id is not null;
create index opportunities_contact on opportunities (workspace_id, contact_id) where contact_id is not null;
create index opportunities_stage on opportunities (workspace_id, pipeline_id, stage_id, state);

-- Distinct values of the fields a question may name; `norm` is fold(value).
create table field_values (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  entity text not null,
  field text not null,
  value text not null,
  norm text collate "C" not null,
  primary key (workspace_id, entity, field, value)
);
create index field_values_norm on field_values (workspace_id, norm);

-- One row a searchable record: its label, its detail line and its words.
create table search_documents (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  entity text not null,
  record_id uuid not null,
  label text not null,
  detail text not null default '',
  label_norm text collate "C" not null,
  -- Words of the label come first, `label_words` of them, so that a hit there ranks higher.
  terms text[] not null,
  label_words smallint not null,
  primary key (workspace_id, entity, record_id)
);
create index search_documents_label on search_documents (workspace_id, label_norm);
create index search_documents_terms on search_documents using gin (terms);

-- The vocabulary of distinct words, and each word with one letter left out: looking up a mistyped word and its own
-- one-letter-less forms finds every word within one edit by equality alone (Garbe, Symmetric Delete).
create table search_words (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  word text collate "C" not null,
  primary key (workspace_id, word)
);
create table search_deletions (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  deletion text collate "C" not null,
  word text collate "C" not null,
  primary key (workspace_id, deletion, word)
);

create table record_links (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  from_entity text not null,
  from_id uuid not null,
  to_entity text not null,
  to_id uuid not null,
  role text,
  created_at timestamptz not null,
  created_by text,
  primary key (workspace_id, id),
  unique (workspace_id, from_entity, from_id, to_entity, to_id)
);
create index record_links_to on record_links (workspace_id, to_entity, to_id);

create table field_history (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id bigint generated always as identity,
  entity text not null,
  record_id uuid not null,
  operation text not null check (operation in ('create', 'update', 'delete', 'restore')),
  field text,
  old_value jsonb,
  new_value jsonb,
  actor_type text not null,
  actor_id text,
  actor_name text not null,
  at timestamptz not null,
  change_id uuid not null,
  primary key (workspace_id, id)
);
create index field_history_record on field_history (workspace_id, entity, record_id, at);

create table imports (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  entity text not null,
  file_name text,
  format text not null,
  status text not null check (status in ('running', 'done', 'failed', 'undone')),
  options jsonb not null default '{}',
  total integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  skipped integer not null default 0,
  error_count integer not null default 0,
  errors jsonb not null default '[]',
  failure text,
  actor_name text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  undone_at timestamptz,
  primary key (workspace_id, id)
);
-- What an import changed in records that were there before it; what it created carries import_id on the record.
create table import_changes (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  import_id uuid not null,
  entity text not null,
  record_id uuid not null,
  before jsonb not null,
  after jsonb not null,
  primary key (workspace_id, import_id, entity, record_id)
);

create table chat_sessions (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  -- The person it belongs to; nobody else sees it.
  actor_id text not null,
  title text not null default '',
  status text not null default 'active' check (status in ('active', 'archived')),
  agent text,
  memory boolean not null default true,
  -- The planner's last plan, which follow-ups refer to.
  plan jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create index chat_sessions_recent on chat_sessions (workspace_id, actor_id, updated_at desc);

create table chat_messages (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  session_id uuid not null,
  role text not null check (role in ('user', 'assistant')),
  status text not null check (status in ('running', 'done', 'stopped', 'failed')),
  agent text,
  text text not null default '',
  parts jsonb not null default '[]',
  citations jsonb not null default '[]',
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  sequence bigint generated always as identity,
  primary key (workspace_id, id),
  foreign key (workspace_id, session_id) references chat_sessions (workspace_id, id) on delete cascade
);
create index chat_messages_session on chat_messages (workspace_id, session_id, sequence);

-- One-time sign-in links and browser sessions: only hashes of their tokens are kept.
create table sign_in_links (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  token_hash text primary key,
  user_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create table web_sessions (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  token_hash text primary key,
  user_id uuid not null,
  csrf_token text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);

do $$
declare t text;
begin
  foreach t in array array['users', 'tags', 'custom_fields', 'pipelines', 'stages', 'organisations', 'contacts', 'leads', 'opportunities',
    'products', 'orders', 'order_lines', 'tasks', 'events', 'notes', 'emails', 'field_values', 'search_documents', 'search_words',
    'search_deletions', 'record_links', 'field_history', 'imports', 'import_changes', 'chat_sessions', 'chat_messages']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
  end loop;
end $$;

alter table workspaces enable row level security;
create policy workspace on workspaces using (id = (select nullif(current_setting('app.workspace', true), '')::uuid));

-- Before anybody is known, whoever holds a token may see that token's row and nothing else.
alter table sign_in_links enable row level security;
alter table web_sessions enable row level security;
create policy workspace_or_token on sign_in_links using (
  workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid)
  or token_hash = (select nullif(current_setting('app.token_hash', true), '')));
create policy workspace_or_token on web_sessions using (
  workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid)
  or token_hash = (select nullif(current_setting('app.token_hash', true), '')));

-- An index on words cannot serve a query under row-level security (array operators are not leakproof), so these read
-- as the owner and state the workspace themselves; callers join the result to the record under their own rights.
create function search_candidates(alternatives jsonb, wanted_entities text[], at_most integer)
returns table (entity text, record_id uuid, label text, detail text, label_norm text, terms text[], label_words smallint)
language plpgsql stable security definer set search_path = chatsg, pg_temp as $$
declare
  words jsonb;
  condition text := '';
begin
  for words in select value from jsonb_array_elements(alternatives) loop
    condition := condition || format(' and d.terms && %L::text[]', (select array_agg(w) from jsonb_array_elements_text(words) w));
  end loop;
  return query execute format(
    'select d.entity, d.record_id, d.label, d.detail, d.label_norm, d.terms, d.label_words from search_documents d
     where d.workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid and d.entity = any($1) %s limit $2', condition)
    using wanted_entities, at_most;
end $$;
revoke all on function search_candidates(jsonb, text[], integer) from public;
