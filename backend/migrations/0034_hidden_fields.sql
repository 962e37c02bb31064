-- Fields that roles of a workspace do not see. Who reads as such a role reads views in place of the tables, in which these fields are
-- empty: whatever the statement, and whoever wrote it.
create table hidden_fields (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  entity text not null,
  -- Name of a field, or custom.<key>.
  field text not null check (field ~ '^(custom[.])?[a-z0-9][a-z0-9_]*$'),
  roles text[] not null check (cardinality(roles) > 0 and roles <@ array['manager', 'rep', 'viewer']),
  created_at timestamptz not null,
  primary key (workspace_id, entity, field)
);
alter table hidden_fields enable row level security;
create policy workspace on hidden_fields using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));

-- The same by role, `entity.field` separated by commas, where each transaction looks anyway; what was computed from records and kept is to
-- be computed anew.
alter table data_versions add column hidden jsonb;
create function keep_hidden_fields() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  workspace constant uuid := coalesce(new.workspace_id, old.workspace_id);
begin
  insert into data_versions as held (workspace_id, version, hidden)
    select workspace, 1, (select jsonb_object_agg(role, fields) from (
      select role, string_agg(h.entity || '.' || h.field, ',' order by h.entity, h.field) as fields from hidden_fields h, unnest(h.roles) role
      where h.workspace_id = workspace group by role) by_role)
    where exists (select from workspaces where id = workspace)
  on conflict (workspace_id) do update set version = held.version + 1, hidden = excluded.hidden;
  return null;
end $$;
revoke all on function keep_hidden_fields() from public;
create trigger keep_hidden_fields after insert or update or delete on hidden_fields for each row execute function keep_hidden_fields();

-- The views hide these fields from here on; with `masking` the transaction reads them in place of the tables. No search path of its own,
-- because what is set here has to stay.
create function hide_fields(hidden text, masking boolean) returns void language plpgsql as $$
begin
  if hidden is null then return; end if;
  perform set_config('app.hidden_fields', hidden, true);
  if masking then perform set_config('search_path', 'chatsg_masked, chatsg', true); end if;
end $$;

create function is_masked(path text) returns boolean language sql stable parallel safe as $$
  select coalesce($1 = any(string_to_array(current_setting('app.hidden_fields', true), ',')), false)
$$;

-- Whether anything of an entity is.
create function has_masked(of_entity text) returns boolean language sql stable parallel safe as $$
  select exists (select from unnest(string_to_array(current_setting('app.hidden_fields', true), ',')) path where starts_with(path, $1 || '.'))
$$;

-- Whether a record goes by what is hidden of it, having no name.
create function is_called_by_masked(of_entity text, of_id uuid) returns boolean language sql stable as $$
  select $1 in ('contacts', 'leads') and (chatsg.is_masked($1 || '.email') or chatsg.is_masked($1 || '.phone')) and not exists (
    select from chatsg.contacts c where c.workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and c.id = $2 and c.name is not null
    union all
    select from chatsg.leads l where l.workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and l.id = $2 and l.name is not null)
$$;

-- What a record is called for whoever asks.
create function shown_label(of_entity text, of_id uuid, label text) returns text language sql stable as $$
  select case when chatsg.is_called_by_masked($1, $2) then case $1 when 'leads' then 'Lead' else 'Contact' end || ' without a name' else $3 end
$$;

-- Keys of the custom fields that are hidden of an entity.
create function masked_custom(of_entity text) returns text[] language sql stable parallel safe as $$
  select array(select substr(path, length($1 || '.custom.') + 1) from unnest(string_to_array(current_setting('app.hidden_fields', true), ',')) path
    where starts_with(path, $1 || '.custom.'))
$$;

-- A record as it was kept beside its changes, without what is hidden: under the names of its fields or of its columns.
create function without_masked(of_entity text, record jsonb) returns jsonb language sql stable parallel safe as $$
  select case when record ? 'custom' and jsonb_typeof(record -> 'custom') = 'object'
      then jsonb_set(bare.value, '{custom}', (record -> 'custom') - chatsg.masked_custom($1)) else bare.value end
  from (select $2 - array(select substr(path, length($1) + 2) || ending from unnest(string_to_array(current_setting('app.hidden_fields', true), ',')) path,
    unnest(array['', '_key', '_address', '_addresses']) ending where starts_with(path, $1 || '.')) as value) bare
$$;

-- Makes a view in place of each table that holds what may be hidden: records, their history, the words a question may name, what search
-- shows of them, what imports and proposals found. Called at every start, so that a later column is in its view; a migration that takes a
-- column away drops the view first.
create function refresh_masks() returns void language plpgsql set search_path = chatsg, pg_temp as $$
declare
  t text;
  own text[];
  expressions text;
  kept text;
begin
  foreach t in array array['organisations', 'contacts', 'leads', 'opportunities', 'products', 'orders', 'order_lines', 'quotes', 'quote_lines', 'tasks', 'events',
    'notes', 'emails', 'field_history', 'field_values', 'import_changes', 'change_rows', 'search_documents'] loop
    select array_agg(attname::text order by attnum),
      string_agg(case
        when t in ('field_history', 'field_values') then format('t.%I', attname)
        when t in ('import_changes', 'change_rows') then
          case when attname in ('before', 'after') then format('chatsg.without_masked(t.%I, t.%I) as %I', case t when 'change_rows' then 'table_name' else 'entity' end, attname, attname)
            else format('t.%I', attname) end
        -- The line under a name is made of several fields.
        when t = 'search_documents' then
          case attname when 'detail' then 'case when chatsg.has_masked(t.entity) or t.entity = ''orders'' and chatsg.is_masked(''contacts.email'') then '''' else t.detail end as detail' else format('t.%I', attname) end
        -- An order calls a person without a name by the address.
        when attname = 'customer' then format('case when (select chatsg.is_masked(%L)) or (select chatsg.is_masked(''contacts.email'')) and exists (select from chatsg.contacts c
          where c.workspace_id = t.workspace_id and c.id = t.contact_id and lower(c.email) = lower(t.customer)) then null else t.customer end as customer', t || '.customer')
        when attname = 'custom' then format('t.custom - (select chatsg.masked_custom(%L)) as custom', t)
        -- What a record is, whose it is and when it was is never hidden, and found by indexes.
        when attname in ('workspace_id', 'id', 'name', 'tags', 'currency', 'visibility', 'order_ref', 'ordered_at', 'created_at', 'updated_at', 'deleted_at', 'created_by')
          or attname like '%\_id' and attname <> 'external_id' then format('t.%I', attname)
        else format('case when (select chatsg.is_masked(%L)) then %s else t.%I end as %I',
          t || '.' || regexp_replace(attname, '_(key|address|addresses)$', ''),
          case when atttypid = 'text[]'::regtype then '''{}''::text[]' else 'null::' || format_type(atttypid, atttypmod) end, attname, attname) end, ', ' order by attnum)
      into own, expressions
      from pg_attribute where attrelid = format('chatsg.%I', t)::regclass and attnum > 0 and not attisdropped;
    continue when own = (select array_agg(attname::text order by attnum) from pg_attribute where attrelid = to_regclass(format('chatsg_masked.%I', t)) and attnum > 0);
    kept := case t
      when 'field_history' then 't.field is null or not chatsg.is_masked(t.entity || ''.'' || t.field)'
      when 'field_values' then 'not chatsg.is_masked(t.entity || ''.'' || t.field)'
      when 'search_documents' then 'not chatsg.is_called_by_masked(t.entity, t.record_id)'
      else 'true' end;
    execute format('create or replace view chatsg_masked.%1$I with (security_invoker = true) as select %2$s from chatsg.%1$I t where %3$s', t, expressions, kept);
  end loop;
end $$;
revoke all on function refresh_masks() from public;

create schema if not exists chatsg_masked;
select refresh_masks();
