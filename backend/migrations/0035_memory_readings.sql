-- Messages that wait for a language model to find in them what no rule does (MEMORY_MODEL). No words are kept here: they are read from the
-- conversation when they are sent, and what comes back is held against them once more.

-- What went to a provider as one batch, up to a day before its answers come.
create table memory_batches (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  -- Travels with it, so that a batch whose making was not confirmed is found again.
  id uuid not null,
  model text not null,
  -- For the books, which need to know whose each call was when its message is gone: ids alone.
  calls jsonb not null,
  file_id text,
  remote_id text,
  -- Grows whenever a process takes it up; whoever holds an older number has lost it.
  takes integer not null default 0,
  failures integer not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  next_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id)
);

create table memory_readings (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  message_id uuid not null,
  -- Who wrote it.
  user_id uuid not null,
  batch_id uuid,
  tries integer not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  next_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, message_id),
  -- It goes with its conversation and with its person.
  foreign key (workspace_id, message_id) references chat_messages (workspace_id, id) on delete cascade,
  foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade,
  -- What a batch that is over has not answered waits again.
  foreign key (workspace_id, batch_id) references memory_batches (workspace_id, id) on delete set null (batch_id)
);
create index memory_readings_due on memory_readings (workspace_id, next_at) where batch_id is null;
create index memory_readings_user on memory_readings (workspace_id, user_id);
create index memory_readings_batch on memory_readings (workspace_id, batch_id) where batch_id is not null;

do $$
declare t text;
begin
  foreach t in array array['memory_batches', 'memory_readings'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
  end loop;
  create policy own on memory_readings as restrictive to chatsg_member using (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid));
end $$;

-- Which workspaces have something to read, or a batch to look after; asked by no actor, told nothing else.
create function memory_reading_workspaces() returns table (workspace_id uuid) language sql stable security definer set search_path = chatsg, pg_temp as $$
  select r.workspace_id from memory_readings r where r.batch_id is null and r.next_at <= clock_timestamp()
  union
  select b.workspace_id from memory_batches b where b.next_at <= clock_timestamp()
$$;
revoke all on function memory_reading_workspaces() from public;
