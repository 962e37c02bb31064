-- The audit trail: entries wait in audit_pending, which the application may only add to, and are chained into audit_entries, which it may only
-- read. Chaining and retention are functions of the owner; rights.sql takes every other right away.

create table audit_pending (
  workspace_id uuid not null,
  id bigint generated always as identity primary key,
  at timestamptz not null,
  event text not null check (event ~ '^[A-Z][A-Z0-9_]{0,39}$'),
  operation text not null check (operation <> '' and octet_length(operation) <= 200),
  outcome text not null check (outcome in ('ok', 'denied', 'error')),
  user_id uuid,
  -- The members of the line that nothing looks for; `json`, because its text is kept as it was written.
  rest json not null check (json_typeof(rest) = 'object' and rest::text ~ '^\{".*\}$' and rest::text !~ '[\n\r]' and octet_length(rest::text) <= 16384)
);

create table audit_entries (
  workspace_id uuid not null,
  sequence bigint primary key,
  at timestamptz not null,
  event text not null,
  operation text not null,
  outcome text not null,
  user_id uuid,
  line text not null,
  -- SHA-256 of the line, which the next line carries.
  hash text not null
);
create index audit_entries_workspace on audit_entries (workspace_id, sequence);
create index audit_entries_event on audit_entries (workspace_id, event, sequence);
create index audit_entries_user on audit_entries (workspace_id, user_id, sequence);
create index audit_entries_at on audit_entries (workspace_id, at);

-- The chain is one for all workspaces, so these two have none: its newest link, and what retention removed from its beginning.
create table audit_head (
  single boolean primary key default true check (single),
  sequence bigint not null,
  hash text not null
);
insert into audit_head (sequence, hash) values (0, repeat('0', 64));
create table audit_checkpoints (
  sequence bigint primary key,
  hash text not null,
  removed bigint not null,
  at timestamptz not null,
  who text not null
);

-- What erasing a person left behind: proof of it, without the person.
create table erasure_certificates (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  subject_hash text not null,
  erased_at timestamptz not null,
  -- `json`, because its members keep the order that its hash is of.
  certificate json not null,
  primary key (workspace_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['audit_pending', 'audit_entries', 'erasure_certificates'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
  end loop;
end $$;

-- These three name nothing but built-in functions and set nothing, so that PostgreSQL can put them into the statements that call them.
-- How a line begins: all that an entry's columns say, so that columns and line cannot differ unseen.
create function audit_line_start(at timestamptz, event text, operation text, outcome text, workspace_id uuid, user_id uuid) returns text
language sql stable as $$
  select '{"time":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","level":"info","msg":' || to_json(event)::text || ',"event":' || to_json(event)::text
    || ',"operation":' || to_json(operation)::text || ',"outcome":' || to_json(outcome)::text || ',"workspaceId":"' || workspace_id::text || '","userId":' || coalesce('"' || user_id::text || '"', 'null') || ','
$$;

-- How it ends: its place, and what it stands on.
create function audit_line_end(sequence bigint, previous_hash text) returns text
language sql immutable as $$
  select ',"sequence":' || sequence::text || ',"previousHash":"' || previous_hash || '"}'
$$;

create function audit_hash_of(line text) returns text
language sql stable as $$
  select encode(sha256(convert_to(line, 'UTF8')), 'hex')
$$;

-- The chain belongs to the installation: whoever acts in one workspace must not learn or lose lines of others through it.
create function audit_refuse_workspace() returns void language plpgsql stable set search_path = chatsg, pg_temp as $$
begin
  if nullif(current_setting('app.workspace', true), '') is not null then
    raise exception 'The audit chain is not a workspace''s.' using errcode = '42501';
  end if;
end $$;

-- Moves waiting entries into the chain in their order, one process at a time; answers which sequences they got, or nothing.
create function audit_chain(at_most integer) returns table (first bigint, last bigint)
language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  entry audit_pending;
  sequence_now bigint;
  hash_now text;
  line_now text;
begin
  perform audit_refuse_workspace();
  perform pg_advisory_xact_lock(7246187302);
  select h.sequence, h.hash into strict sequence_now, hash_now from audit_head h;
  first := sequence_now + 1;
  for entry in
    with moved as (delete from audit_pending p where p.id in (select o.id from audit_pending o order by o.id limit at_most) returning p.*)
    select * from moved m order by m.id
  loop
    sequence_now := sequence_now + 1;
    line_now := audit_line_start(entry.at, entry.event, entry.operation, entry.outcome, entry.workspace_id, entry.user_id)
      || substr(left(entry.rest::text, -1), 2) || audit_line_end(sequence_now, hash_now);
    hash_now := audit_hash_of(line_now);
    insert into audit_entries (workspace_id, sequence, at, event, operation, outcome, user_id, line, hash)
      values (entry.workspace_id, sequence_now, entry.at, entry.event, entry.operation, entry.outcome, entry.user_id, line_now, hash_now);
  end loop;
  last := sequence_now;
  if last < first then return; end if;
  update audit_head set sequence = sequence_now, hash = hash_now;
  return next;
end $$;

-- Lines of all workspaces, for the audit log file.
create function audit_lines(after_sequence bigint, at_most integer) returns table (sequence bigint, line text)
language plpgsql stable security definer set search_path = chatsg, pg_temp as $$
begin
  perform audit_refuse_workspace();
  return query select e.sequence, e.line from audit_entries e where e.sequence > after_sequence order by e.sequence limit at_most;
end $$;

create function audit_head_sequence() returns bigint
language plpgsql stable security definer set search_path = chatsg, pg_temp as $$
begin
  perform audit_refuse_workspace();
  return (select sequence from audit_head);
end $$;

-- Removes the entries before an instant, from the beginning of the chain up to the first that is younger; never one of the last day.
create function audit_retire(before timestamptz, at_instant timestamptz, who text) returns table (removed bigint, sequence bigint, hash text)
language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  bound timestamptz := least(before, now() - interval '1 day');
  first_kept bigint;
begin
  perform audit_refuse_workspace();
  perform pg_advisory_xact_lock(7246187302);
  select min(e.sequence) into first_kept from audit_entries e where e.at >= bound;
  select e.sequence, e.hash into sequence, hash from audit_entries e where first_kept is null or e.sequence < first_kept order by e.sequence desc limit 1;
  if sequence is null then return; end if;
  delete from audit_entries e where e.sequence <= audit_retire.sequence;
  get diagnostics removed = row_count;
  insert into audit_checkpoints (sequence, hash, removed, at, who) values (audit_retire.sequence, audit_retire.hash, audit_retire.removed, at_instant, audit_retire.who);
  return next;
end $$;

-- The hash of one entry, also of the last one that retention removed; reveals no text.
create function audit_hash_at(wanted bigint) returns text
language sql stable security definer set search_path = chatsg, pg_temp as $$
  select hash from audit_entries where sequence = wanted
  union all select hash from audit_checkpoints where sequence = wanted
  union all select repeat('0', 64) where wanted = 0 limit 1
$$;

-- Recomputes every hash and every link, from what retention left to the head; reveals no text.
create function audit_verify() returns table (entries bigint, retired bigint, head_sequence bigint, head text, broken bigint, reason text)
language plpgsql stable security definer set search_path = chatsg, pg_temp as $$
declare
  start_sequence bigint := 0;
  start_hash text := repeat('0', 64);
  newest bigint;
  newest_hash text;
begin
  select c.sequence, c.hash into start_sequence, start_hash from audit_checkpoints c order by c.sequence desc limit 1;
  start_sequence := coalesce(start_sequence, 0);
  start_hash := coalesce(start_hash, repeat('0', 64));
  select count(*), coalesce(max(e.sequence), start_sequence) into entries, newest from audit_entries e;
  select coalesce(sum(c.removed), 0) into retired from audit_checkpoints c;
  newest_hash := coalesce((select e.hash from audit_entries e where e.sequence = newest), start_hash);
  select h.sequence, h.hash into head_sequence, head from audit_head h;
  select case when v.sequence <= v.before then v.sequence when v.sequence > v.before + 1 then v.before + 1 else v.sequence end, v.wrong into broken, reason
  from (
    select c.sequence, c.before, case
      when c.sequence <> c.before + 1 then 'missing'
      when c.hash <> encode(sha256(c.bytes), 'hex') then 'text'
      when substr(c.bytes, length(c.bytes) - octet_length(audit_line_end(c.sequence, c.before_hash)) + 1) <> convert_to(audit_line_end(c.sequence, c.before_hash), 'UTF8') then 'link'
      when not starts_with(c.line, audit_line_start(c.at, c.event, c.operation, c.outcome, c.workspace_id, c.user_id)) then 'columns'
    end as wrong
    from (select e.*, convert_to(e.line, 'UTF8') as bytes, lag(e.sequence, 1, start_sequence) over w as before, lag(e.hash, 1, start_hash) over w as before_hash
      from audit_entries e window w as (order by e.sequence)) c
  ) v where v.wrong is not null order by v.sequence limit 1;
  if broken is null and (head_sequence is null or head_sequence > newest) then
    broken := newest + 1;
    reason := 'end';
  elsif broken is null and (head_sequence <> newest or head <> newest_hash) then
    broken := newest;
    reason := 'head';
  end if;
  return next;
end $$;

revoke all on function audit_chain(integer), audit_lines(bigint, integer), audit_head_sequence(), audit_retire(timestamptz, timestamptz, text), audit_hash_at(bigint), audit_verify() from public;
