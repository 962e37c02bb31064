-- A number that grows with every change to a workspace's records, so that what was computed from them is known to be still right.
create table data_versions (
  workspace_id uuid primary key references workspaces (id) on delete cascade,
  version bigint not null
);
alter table data_versions enable row level security;
create policy data_versions_workspace on data_versions using (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid);

-- Marks the transaction; the number itself grows just before the commit (note_changes), so that its row is held only for a moment.
create function mark_change() returns trigger language plpgsql as $$
begin
  perform set_config('app.changed', 'yes', true);
  return null;
end $$;

create function note_changes() returns void language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  workspace uuid := nullif(current_setting('app.workspace', true), '')::uuid;
begin
  if workspace is null or coalesce(current_setting('app.changed', true), '') <> 'yes' then return; end if;
  insert into data_versions as held (workspace_id, version) values (workspace, 1)
    on conflict (workspace_id) do update set version = held.version + 1;
end $$;

revoke all on function note_changes() from public;

-- People, teams and settings also change outside a workspace's own transactions: these few rows count by themselves, at the commit.
create function note_row_change() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  changed jsonb := to_jsonb(coalesce(new, old));
  workspace uuid := coalesce(changed ->> 'workspace_id', changed ->> 'id')::uuid;
begin
  insert into data_versions as held (workspace_id, version) select workspace, 1 where exists (select from workspaces where id = workspace)
    on conflict (workspace_id) do update set version = held.version + 1;
  return null;
end $$;

revoke all on function note_row_change() from public;

do $$
declare
  name text;
begin
  foreach name in array array['contacts', 'organisations', 'leads', 'opportunities', 'pipelines', 'stages', 'products', 'orders', 'order_lines', 'tasks', 'events',
    'notes', 'emails', 'tags', 'custom_fields', 'record_links', 'field_values', 'search_documents', 'search_words'] loop
    execute format('create trigger mark_change after insert or update or delete on %I for each statement execute function mark_change()', name);
  end loop;
  foreach name in array array['users', 'teams', 'workspaces'] loop
    execute format('create constraint trigger note_row_change after insert or update or delete on %I deferrable initially deferred for each row execute function note_row_change()', name);
  end loop;
end $$;
