-- Questions that are asked by themselves, and what other programs are told of what happens here.

create table schedules (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  -- As whom it asks, with the rights that person has then.
  user_id uuid not null,
  question text not null,
  -- As it was written.
  "when" text not null,
  cron text not null,
  time_zone text not null,
  deliver text not null check (deliver in ('email', 'chat', 'webhook')),
  enabled boolean not null,
  -- Null while it is off.
  next_at timestamptz,
  failures integer not null default 0,
  paused_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
);
create index schedules_due on schedules (next_at) where enabled;
create index schedules_person on schedules (workspace_id, user_id, created_at desc, id desc);

create table schedule_runs (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  schedule_id uuid not null,
  user_id uuid not null,
  -- When it was to run; once for each.
  due_at timestamptz not null,
  reason text not null check (reason in ('schedule', 'late', 'asked')),
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'missed')),
  attempts integer not null default 0,
  holder uuid,
  -- While it waits: from when on it may run; while it runs: until when it is its holder's.
  held_until timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  session_id uuid,
  message_id uuid,
  mail_id uuid,
  answer text,
  error text,
  primary key (workspace_id, id),
  foreign key (workspace_id, schedule_id) references schedules (workspace_id, id) on delete cascade
);
create unique index schedule_runs_once on schedule_runs (workspace_id, schedule_id, due_at) where reason <> 'asked';
create index schedule_runs_list on schedule_runs (workspace_id, schedule_id, id desc);
create index schedule_runs_open on schedule_runs (workspace_id, held_until) where state in ('queued', 'running');

create table webhooks (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  url text not null,
  events text[] not null,
  description text not null default '',
  enabled boolean not null,
  disabled_reason text,
  -- Since when every delivery has failed.
  failing_since timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);

-- What happened, as it is told: ids and names of fields, no values.
create table webhook_events (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  type text not null,
  data jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create index webhook_events_age on webhook_events (workspace_id, at);

create table webhook_deliveries (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  -- In which order they were queued; clocks may be set back.
  n bigint not null generated always as identity,
  webhook_id uuid not null,
  event_id uuid not null,
  state text not null default 'queued' check (state in ('queued', 'delivered', 'failed')),
  attempts integer not null default 0,
  -- While it waits: from when on it may be sent; while it is sent: when somebody else may take over.
  next_at timestamptz not null,
  status integer,
  response text,
  error text,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, webhook_id) references webhooks (workspace_id, id) on delete cascade,
  foreign key (workspace_id, event_id) references webhook_events (workspace_id, id) on delete cascade
);
create index webhook_deliveries_due on webhook_deliveries (next_at) where state = 'queued';
create index webhook_deliveries_list on webhook_deliveries (workspace_id, webhook_id, n);

do $$
declare t text;
begin
  foreach t in array array['schedules', 'schedule_runs', 'webhooks', 'webhook_events', 'webhook_deliveries'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
  end loop;
  foreach t in array array['schedules', 'schedule_runs'] loop
    execute format('create policy own on %I as restrictive to chatsg_member using (user_id = (select nullif(current_setting(''app.user_id'', true), '''')::uuid))', t);
  end loop;
end $$;

-- Whether somebody outside wants to be told of this.
create function webhook_wants(wanted text) returns boolean language sql stable security definer set search_path = chatsg, pg_temp as $$
  select exists (select 1 from webhooks where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and enabled and wanted = any(events))
$$;
revoke all on function webhook_wants(text) from public;

-- An event joins the queue of each webhook that wants it, in the transaction that makes it happen.
create function note_webhook_event(happened text, what jsonb) returns void language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  workspace constant uuid := nullif(current_setting('app.workspace', true), '')::uuid;
  event constant uuid := gen_random_uuid();
begin
  if workspace is null or not webhook_wants(happened) then return; end if;
  insert into webhook_events (workspace_id, id, type, data, at) values (workspace, event, happened, what, clock_timestamp());
  insert into webhook_deliveries (workspace_id, id, webhook_id, event_id, next_at, created_at)
    select workspace, gen_random_uuid(), w.id, event, clock_timestamp(), clock_timestamp() from webhooks w
    where w.workspace_id = workspace and w.enabled and happened = any(w.events);
end $$;
revoke all on function note_webhook_event(text, jsonb) from public;

-- Of more rows than these in one statement (an import) only how many there were is told.
create function note_webhook_records(happened text, of_entity text, ids uuid[], fields jsonb) returns void language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  -- Looks up what the caller's workspace wants.
  most constant integer := 500;
begin
  if ids is null then return; end if;
  if cardinality(ids) > most then
    perform note_webhook_event(happened, jsonb_build_object('entity', of_entity, 'id', null, 'count', cardinality(ids)));
  else
    perform note_webhook_event(happened, jsonb_build_object('entity', of_entity, 'id', id) || case when fields ? id::text then jsonb_build_object('changed', fields -> id::text) else '{}' end)
      from unnest(ids) id;
  end if;
end $$;
revoke all on function note_webhook_records(text, text, uuid[], jsonb) from public;

create function webhook_created() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  -- Whose rows they are is the workspace of the transaction, as row-level security has it.
  if webhook_wants('record.created') then
    perform note_webhook_records('record.created', tg_argv[0], (select array_agg(id order by id) from added), '{}');
  end if;
  return null;
end $$;

create function webhook_changed() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  -- Columns that say nothing about the record in this workspace.
  derived constant text[] := array['updated_at', 'version', 'name', 'email_key', 'domain_key'];
  gone uuid[];
  changed uuid[];
  fields jsonb;
begin
  if webhook_wants('record.deleted') then
    select array_agg(n.id order by n.id) into gone from changed_to n join changed_from o on o.id = n.id where o.deleted_at is null and n.deleted_at is not null;
    perform note_webhook_records('record.deleted', tg_argv[0], gone, '{}');
  end if;
  if webhook_wants('record.updated') then
    select array_agg(id order by id), jsonb_object_agg(id, names) into changed, fields from (
      select n.id, (select jsonb_agg(a.key order by a.key) from jsonb_each(to_jsonb(n)) a join jsonb_each(to_jsonb(o)) b on b.key = a.key
          where a.value is distinct from b.value and (a.key <> all(derived) or a.key = 'name' and tg_argv[0] not in ('contacts', 'leads'))) as names
      from changed_to n join changed_from o on o.id = n.id
      where not (o.deleted_at is null and n.deleted_at is not null)) differing where names is not null;
    perform note_webhook_records('record.updated', tg_argv[0], changed, coalesce(fields, '{}'));
  end if;
  return null;
end $$;

create function webhook_removed() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  -- What had been deleted softly in this workspace was told then.
  if webhook_wants('record.deleted') then
    perform note_webhook_records('record.deleted', tg_argv[0], (select array_agg(id order by id) from removed where deleted_at is null), '{}');
  end if;
  return null;
end $$;

create function webhook_proposal() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  -- In the workspace of the proposal.
  happened constant text := case when tg_op = 'INSERT' and new.status = 'pending' then 'created' else new.status end;
begin
  if tg_op = 'UPDATE' and old.status = new.status then return null; end if;
  if tg_op = 'INSERT' and new.status <> 'pending' then
    perform note_webhook_event('proposal.created', jsonb_build_object('id', new.id, 'batchId', new.batch_id, 'tool', new.tool, 'entity', new.entity, 'recordId', new.record_id));
  end if;
  perform note_webhook_event('proposal.' || happened, jsonb_build_object('id', new.id, 'batchId', new.batch_id, 'tool', new.tool, 'entity', new.entity, 'recordId', new.record_id));
  return null;
end $$;

create function webhook_answer() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  -- Of the workspace's conversations, without a word of them.
  perform note_webhook_event('answer.finished', jsonb_build_object('sessionId', new.session_id, 'messageId', new.id, 'agent', new.agent, 'status', new.status));
  return null;
end $$;

create function webhook_schedule() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  asked schedules%rowtype;
begin
  select * into asked from schedules where workspace_id = new.workspace_id and id = new.schedule_id;
  perform note_webhook_event('schedule.finished', jsonb_build_object('scheduleId', new.schedule_id, 'runId', new.id, 'status', new.state, 'sessionId', new.session_id)
    -- The words leave only where the person asked for that.
    || case when asked.deliver = 'webhook' then jsonb_build_object('question', asked.question, 'answer', new.answer, 'error', new.error) else '{}' end);
  return null;
end $$;

do $$
declare t text;
begin
  foreach t in array array['organisations', 'contacts', 'leads', 'opportunities', 'products', 'orders', 'tasks', 'events', 'notes', 'emails'] loop
    execute format('create trigger webhook_created after insert on %I referencing new table as added for each statement execute function webhook_created(%L)', t, t);
    execute format('create trigger webhook_changed after update on %I referencing old table as changed_from new table as changed_to for each statement execute function webhook_changed(%L)', t, t);
    execute format('create trigger webhook_removed after delete on %I referencing old table as removed for each statement execute function webhook_removed(%L)', t, t);
  end loop;
  for t in select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'chatsg'::regnamespace
    and p.proname in ('webhook_created', 'webhook_changed', 'webhook_removed', 'webhook_proposal', 'webhook_answer', 'webhook_schedule') loop
    execute format('revoke all on function %s from public', t);
  end loop;
end $$;
create trigger webhook_proposal after insert or update of status on proposals for each row execute function webhook_proposal();
create trigger webhook_answer after update of status on chat_messages for each row
  when (old.status = 'running' and new.status <> 'running') execute function webhook_answer();
create trigger webhook_schedule after update of state on schedule_runs for each row
  when (old.state <> new.state and new.state in ('done', 'failed')) execute function webhook_schedule();

-- Which workspaces have something to do; asked by no actor, told nothing else.
create function automation_workspaces(at timestamptz) returns table (workspace_id uuid) language sql stable security definer set search_path = chatsg, pg_temp as $$
  select s.workspace_id from schedules s where s.enabled and s.next_at <= at
  union select r.workspace_id from schedule_runs r where r.state in ('queued', 'running') and r.held_until <= clock_timestamp()
  union select d.workspace_id from webhook_deliveries d where d.state = 'queued' and d.next_at <= clock_timestamp()
$$;
revoke all on function automation_workspaces(timestamptz) from public;
