-- What is kept of a workspace's Insightly account: the connection, which record is which, how far each run has come, what is on its way there
-- and what was changed on both sides. The records themselves are where all records are.

create table insightly_connections (
  workspace_id uuid primary key references workspaces (id) on delete cascade,
  -- The API's address with its pod. Its key is in the environment, or among the workspace's secrets.
  url text not null,
  key_source text not null check (key_source in ('environment', 'workspace')),
  state text not null default 'mirrored' check (state in ('mirrored', 'left')),
  -- Whose key it is, and of which account, as Insightly says: with the key of another account every id would mean another record.
  account text,
  account_user_id bigint,
  instance_id bigint,
  -- Kinds of records that the account's plan does not have, told once.
  not_in_plan text[] not null default '{}',
  connected_at timestamptz not null,
  left_at timestamptz,
  -- A part of the address to which Insightly's workflows send hints; without it nothing is accepted.
  hook_token text,
  -- The process that delivers the outbox, and until when it is taken to live.
  deliverer uuid,
  deliverer_until timestamptz
);

-- Which record is which, there and here. As many rows as there are records, so that the workspace is asked for once a statement, as for what
-- search derives (0011).
create table insightly_records (
  workspace_id uuid not null,
  entity text not null,
  insightly_id bigint not null,
  record_id uuid not null,
  -- As Insightly last said; a row that says the same again holds nothing new.
  remote_updated_at timestamptz,
  -- Deleted there, and here because of that.
  gone boolean not null default false,
  -- By field what Insightly holds where the value here has no place there: it is not taken until somebody changes it there.
  kept jsonb not null default '{}',
  -- A list that was fetched before knows nothing of it.
  mapped_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, entity, insightly_id)
);
create unique index insightly_records_record on insightly_records (workspace_id, entity, record_id);
create trigger keep_workspace after insert on insightly_records referencing new table as added for each statement execute function keep_workspace();
create or replace function remove_derived() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  delete from search_documents where workspace_id = old.id;
  delete from search_deletions where workspace_id = old.id;
  delete from search_words where workspace_id = old.id;
  delete from field_values where workspace_id = old.id;
  delete from insightly_records where workspace_id = old.id;
  return old;
end $$;

-- Short lists that records refer to by number: statuses, sources, categories, and names of custom fields.
create table insightly_lists (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  kind text not null,
  key text not null,
  name text not null,
  details jsonb not null default '{}',
  primary key (workspace_id, kind, key)
);

create table insightly_runs (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  mode text not null check (mode in ('full', 'incremental', 'reconcile')),
  state text not null check (state in ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')),
  -- A person has said that most records of a kind may go.
  may_delete_most boolean not null default false,
  -- Who asked for it: a person, or the schedule.
  requested_by text not null,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- The time of Insightly from which on changes are not in this run.
  remote_started_at timestamptz,
  api_calls integer not null default 0,
  -- By kind of record: { created, updated, deleted, unchanged }.
  counts jsonb not null default '{}',
  -- By kind of record: rows there, and rows that are done.
  progress jsonb not null default '{}',
  -- Why it failed; while it runs, what it waits for.
  error text,
  -- The process that works on it, and until when it is taken to live.
  holder uuid,
  held_until timestamptz,
  primary key (workspace_id, id)
);
create unique index insightly_runs_active on insightly_runs (workspace_id) where state in ('queued', 'running', 'paused');
create index insightly_runs_recent on insightly_runs (workspace_id, requested_at desc);

-- Pages that have landed, in the transaction that landed their rows: a run goes on with the others.
create table insightly_pages (
  workspace_id uuid not null,
  run_id uuid not null,
  object text not null,
  page integer not null,
  rows integer not null,
  -- How many there were in all when the page was sent.
  total integer,
  last_id bigint,
  newest timestamptz,
  primary key (workspace_id, run_id, object, page),
  foreign key (workspace_id, run_id) references insightly_runs (workspace_id, id) on delete cascade
);

-- From when on changes are asked for.
create table insightly_cursors (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  object text not null,
  changed_after timestamptz not null,
  primary key (workspace_id, object)
);

-- Records that a workflow of Insightly said were changed.
create table insightly_hints (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  object text not null,
  insightly_id bigint not null,
  at timestamptz not null,
  primary key (workspace_id, object, insightly_id)
);

-- Changes made here, on their way there: written by the transaction that makes the change.
create table insightly_outbox (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id bigint generated always as identity,
  entity text not null,
  record_id uuid not null,
  operation text not null check (operation in ('create', 'update', 'delete', 'restore', 'link', 'unlink')),
  -- Columns that were changed: what they held, and hold now. Of a link its other end.
  before jsonb,
  after jsonb,
  status text not null default 'pending' check (status in ('pending', 'sending', 'failed', 'done', 'dropped')),
  -- Calls of this change that have been answered: it goes on after them.
  steps_done integer not null default 0,
  -- What was sent to make the record, by which it is recognised when nobody knows whether it was made.
  sent jsonb,
  first_sent_at timestamptz,
  attempts integer not null default 0,
  error text,
  not_before timestamptz,
  -- A person; null when a job of ours did it.
  made_by uuid,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id)
);
create index insightly_outbox_open on insightly_outbox (workspace_id, id) where status in ('pending', 'sending', 'failed');
create index insightly_outbox_record on insightly_outbox (workspace_id, entity, record_id, id) where status in ('pending', 'sending', 'failed');

-- A field that was changed here and there: nothing is overwritten until a person has said which of the two stays.
create table insightly_conflicts (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  entity text not null,
  record_id uuid not null,
  -- A column, or custom.<key>.
  field text not null,
  base jsonb,
  local jsonb,
  remote jsonb,
  detected_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  keep text check (keep in ('local', 'remote')),
  primary key (workspace_id, id)
);
create unique index insightly_conflicts_open on insightly_conflicts (workspace_id, entity, record_id, field) where resolved_at is null;

do $$
declare t text;
begin
  foreach t in array array['insightly_connections', 'insightly_records', 'insightly_lists', 'insightly_runs', 'insightly_pages', 'insightly_cursors',
    'insightly_hints', 'insightly_outbox', 'insightly_conflicts'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
  end loop;
end $$;

/** Whether changes of this transaction's workspace are sent to Insightly: it is mirrored, and it is not the mirror that writes. */
create function insightly_is_sent() returns boolean language sql stable as $$
  select coalesce(current_setting('app.job', true), '') <> 'insightly' and exists (
    select from insightly_connections where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and state = 'mirrored')
$$;

/** The named columns of a row. */
create function insightly_part(source jsonb, columns text[]) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(source) where key = any(columns)
$$;

-- A change joins the outbox where it is made, whoever makes it: a person, an import, an undo, an agent. The columns that Insightly knows are
-- the trigger's arguments after the entity.
create function insightly_note_creation() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  if not insightly_is_sent() then return null; end if;
  insert into insightly_outbox (workspace_id, entity, record_id, operation, made_by, made_at)
    select a.workspace_id, tg_argv[0], a.id, 'create', nullif(current_setting('app.user_id', true), '')::uuid, clock_timestamp() from added a order by a.id;
  return null;
end $$;

create function insightly_note_change() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  columns text[] := tg_argv[1:];
begin
  if not insightly_is_sent() then return null; end if;
  insert into insightly_outbox (workspace_id, entity, record_id, operation, before, after, made_by, made_at)
    select workspace_id, tg_argv[0], id, operation, before, after, nullif(current_setting('app.user_id', true), '')::uuid, clock_timestamp()
    from (
      select n.workspace_id, n.id,
        case when o.deleted_at is null and n.deleted_at is not null then 'delete' when o.deleted_at is not null and n.deleted_at is null then 'restore' else 'update' end as operation,
        (select jsonb_object_agg(w.key, w.value) from jsonb_each(insightly_part(to_jsonb(o), columns)) w where w.value is distinct from to_jsonb(n) -> w.key) as before,
        (select jsonb_object_agg(i.key, i.value) from jsonb_each(insightly_part(to_jsonb(n), columns)) i where i.value is distinct from to_jsonb(o) -> i.key) as after
      from changed_from o join changed_to n using (workspace_id, id)
      where n.deleted_at is null or o.deleted_at is null
    ) changes
    where operation <> 'update' or after is not null
    order by id;
  return null;
end $$;

create function insightly_note_removal() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  if not insightly_is_sent() then return null; end if;
  insert into insightly_outbox (workspace_id, entity, record_id, operation, made_by, made_at)
    select r.workspace_id, tg_argv[0], r.id, 'delete', nullif(current_setting('app.user_id', true), '')::uuid, clock_timestamp() from removed r
    where r.deleted_at is null order by r.id;
  return null;
end $$;

create function insightly_note_links() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  if not insightly_is_sent() then return null; end if;
  insert into insightly_outbox (workspace_id, entity, record_id, operation, after, made_by, made_at)
    select l.workspace_id, l.from_entity, l.from_id, case when tg_op = 'DELETE' then 'unlink' else 'link' end,
      jsonb_build_object('entity', l.to_entity, 'id', l.to_id, 'role', l.role), nullif(current_setting('app.user_id', true), '')::uuid, clock_timestamp()
    from touched l order by l.id;
  return null;
end $$;

revoke all on function insightly_note_creation(), insightly_note_change(), insightly_note_removal(), insightly_note_links() from public;

do $$
declare
  -- By table, the columns that Insightly has a place for.
  known jsonb := '{
    "organisations": ["name", "domain", "phone", "city", "state", "country", "owner_id", "tags", "custom"],
    "contacts": ["first_name", "last_name", "email", "phone", "mobile", "title", "organisation_id", "street", "city", "state", "postcode", "country", "date_of_birth", "owner_id", "tags", "custom"],
    "leads": ["first_name", "last_name", "email", "phone", "title", "organisation", "industry", "status", "source", "rating", "city", "state", "country", "owner_id", "tags", "custom"],
    "opportunities": ["name", "organisation_id", "contact_id", "pipeline_id", "stage_id", "state", "value", "currency", "probability", "forecast_close_date", "actual_close_date", "owner_id", "tags", "custom"],
    "products": ["sku", "name", "description", "category", "price", "active", "custom"],
    "tasks": ["title", "status", "priority", "due_at", "owner_id", "related_type", "related_id", "custom"],
    "events": ["title", "starts_at", "ends_at", "owner_id", "related_type", "related_id", "custom"],
    "notes": ["title", "body", "related_type", "related_id"],
    "emails": []
  }';
  t text;
  arguments text;
begin
  for t in select jsonb_object_keys(known) loop
    select string_agg(quote_literal(word), ', ') into arguments from (select t as word union all select jsonb_array_elements_text(known -> t)) words;
    -- E-mails come from there only.
    if t <> 'emails' then
      execute format('create trigger insightly_creation after insert on %I referencing new table as added for each statement execute function insightly_note_creation(%L)', t, t);
    end if;
    execute format('create trigger insightly_change after update on %I referencing old table as changed_from new table as changed_to for each statement execute function insightly_note_change(%s)', t, arguments);
    execute format('create trigger insightly_removal after delete on %I referencing old table as removed for each statement execute function insightly_note_removal(%L)', t, t);
  end loop;
end $$;
create trigger insightly_links_made after insert on record_links referencing new table as touched for each statement execute function insightly_note_links();
create trigger insightly_links_removed after delete on record_links referencing old table as touched for each statement execute function insightly_note_links();

/** Workspaces with work of the mirror, for whoever looks for it: runs nobody holds, schedules that are due and an outbox that nobody delivers. */
create function insightly_workspaces() returns table (workspace_id uuid, url text, key_source text) language sql stable security definer set search_path = chatsg, pg_temp as $$
  select workspace_id, url, key_source from insightly_connections where state = 'mirrored'
$$;
revoke all on function insightly_workspaces() from public;

-- The word of a workflow comes from nobody: its token alone says whose it is.
create function insightly_hook_workspace(token text) returns uuid language sql stable security definer set search_path = chatsg, pg_temp as $$
  select workspace_id from insightly_connections where state = 'mirrored' and hook_token = token
$$;
revoke all on function insightly_hook_workspace(text) from public;

-- Records that come from elsewhere are as old as the last look there; null where this is their home.
alter table data_versions add column as_of timestamptz;

/** Says how old the workspace's records are; answers that were kept say it anew. */
create function note_as_of(at timestamptz) returns void language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  insert into data_versions as held (workspace_id, version, as_of) values (nullif(current_setting('app.workspace', true), '')::uuid, 1, at)
    on conflict (workspace_id) do update set version = held.version + 1, as_of = excluded.as_of;
end $$;
revoke all on function note_as_of(timestamptz) from public;
