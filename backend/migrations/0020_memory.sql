-- What a person told about how they work, and what admins told for everybody here. Only what people wrote themselves is a source.

create table memories (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  -- Whose it is; null is everybody's here.
  actor_id text,
  kind text not null check (kind in ('fact', 'preference')),
  subject text not null,
  -- What another value contradicts.
  key text not null,
  value text not null,
  text text not null,
  -- What a search looks through.
  norm text not null generated always as (fold(text || ' ' || subject || ' ' || value)) stored,
  confidence real not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_used_at timestamptz,
  -- What took its place; it is history since.
  superseded_at timestamptz,
  superseded_by uuid,
  -- Its id on a Mem0 server, once that has it.
  remote_id text,
  primary key (workspace_id, id)
);
create unique index memories_current on memories (workspace_id, coalesce(actor_id, ''), key) where superseded_at is null;
create index memories_person on memories (workspace_id, actor_id, updated_at desc, id desc);

-- Where it was said: a session that goes takes what was said nowhere else with it.
create table memory_sources (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  memory_id uuid not null,
  -- Who said it.
  actor_id text not null,
  -- Null when it was written by hand.
  session_id uuid,
  message_id uuid,
  excerpt text,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, memory_id) references memories (workspace_id, id) on delete cascade
);
create index memory_sources_memory on memory_sources (workspace_id, memory_id, at);
create index memory_sources_session on memory_sources (workspace_id, session_id);

create table memory_settings (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  actor_id text not null,
  enabled boolean not null,
  at timestamptz not null,
  primary key (workspace_id, actor_id)
);

-- What a Mem0 server has to be told, in order; it holds no words, which are read when they are sent.
create table memory_queue (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id bigint generated always as identity,
  memory_id uuid not null,
  actor_id text,
  operation text not null check (operation in ('store', 'delete')),
  remote_id text,
  attempts integer not null default 0,
  next_at timestamptz not null default clock_timestamp(),
  error text,
  primary key (workspace_id, id)
);

do $$
declare
  t text;
  me constant text := '(select nullif(current_setting(''app.user_id'', true), ''''))';
begin
  foreach t in array array['memories', 'memory_sources', 'memory_settings', 'memory_queue'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
  end loop;
  foreach t in array array['memory_sources', 'memory_settings'] loop
    execute format('create policy own on %I as restrictive to chatsg_member using (actor_id = %s)', t, me);
  end loop;
  -- What is everybody's is read by all and written by admins.
  execute format('create policy readable on memories as restrictive for select to chatsg_member using (actor_id is null or actor_id = %s)', me);
  execute format('create policy own_new on memories as restrictive for insert to chatsg_member with check (actor_id = %s)', me);
  execute format('create policy own_changed on memories as restrictive for update to chatsg_member using (actor_id = %s)', me);
  execute format('create policy own_gone on memories as restrictive for delete to chatsg_member using (actor_id = %s)', me);
end $$;

-- The newest of each key holds, and each older one points to what took its place.
create function settle_memories(keys text[]) returns void language sql set search_path = chatsg, pg_temp as $$
  update memories m set superseded_by = n.next_id, superseded_at = n.next_at
  from (select id, lead(id) over chain as next_id, lead(created_at) over chain as next_at from memories
    where workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid) and key = any(keys)
    window chain as (partition by actor_id, key order by created_at, id)) n
  where m.workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid) and m.id = n.id
    and (m.superseded_by is distinct from n.next_id or m.superseded_at is distinct from n.next_at)
$$;

-- A person who deletes a conversation forgets what was said in it alone; retention, which is a job, does not.
create function forget_session() returns trigger language plpgsql set search_path = chatsg, pg_temp as $$
declare
  touched text[];
begin
  if nullif(current_setting('app.job', true), '') is not null then return null; end if;
  with gone as (delete from memory_sources where workspace_id = old.workspace_id and session_id = old.id returning memory_id),
    forgotten as (delete from memories m using (select distinct memory_id from gone) g
      where m.workspace_id = old.workspace_id and m.id = g.memory_id
        and not exists (select 1 from memory_sources s where s.workspace_id = old.workspace_id and s.memory_id = m.id and s.session_id is distinct from old.id)
      returning m.key)
  select array_agg(distinct key) into touched from forgotten;
  if touched is not null then perform settle_memories(touched); end if;
  return null;
end $$;
create trigger forget_session after delete on chat_sessions for each row execute function forget_session();

-- Whoever changes or removes what a Mem0 server has, erasure of a person included, tells it.
create function queue_memory() returns trigger language plpgsql set search_path = chatsg, pg_temp as $$
begin
  insert into memory_queue (workspace_id, memory_id, actor_id, operation, remote_id)
  values (old.workspace_id, old.id, old.actor_id, case tg_op when 'DELETE' then 'delete' else 'store' end, old.remote_id);
  return null;
end $$;
create trigger queue_changed after update of text on memories for each row
  when (old.remote_id is not null and old.text is distinct from new.text) execute function queue_memory();
create trigger queue_removed after delete on memories for each row when (old.remote_id is not null) execute function queue_memory();

-- Which workspaces have something for a Mem0 server; asked by no actor, told nothing else.
create function memory_workspaces() returns table (workspace_id uuid) language sql stable security definer set search_path = chatsg, pg_temp as $$
  select distinct workspace_id from memory_queue where next_at <= clock_timestamp()
$$;
revoke all on function memory_workspaces() from public;

-- How many changes of the workspace a Mem0 server has not taken; the changes themselves are not shown to members.
create function memory_pending() returns bigint language sql stable security definer set search_path = chatsg, pg_temp as $$
  select count(*) from memory_queue where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
$$;
revoke all on function memory_pending() from public;
