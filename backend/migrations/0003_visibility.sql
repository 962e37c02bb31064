-- Who of a workspace sees which record. The role chatsg_app sees the workspace; chatsg_member sees what these policies leave.

create table teams (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index teams_name on teams (workspace_id, lower(name));
alter table users add column team_id uuid;
alter table users add foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete set null (team_id);
create index users_team on users (workspace_id, team_id) where team_id is not null;

-- The records that not everyone sees, kept in step by triggers: what hangs on a record asks this small table, and no large one.
create table restrictions (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  record_id uuid not null,
  visibility text not null,
  owner_id uuid,
  primary key (workspace_id, record_id)
);

-- A word is kept once for everyone and once for each circle of people whose records alone have it.
alter table field_values add column visibility text not null default 'everyone', add column owner_id uuid;
alter table field_values drop constraint field_values_pkey;
create unique index field_values_word on field_values (workspace_id, entity, field, value, visibility, owner_id) nulls not distinct;
-- A tag that restricted records alone have is not listed; whoever sees one of them finds it in field_values.
alter table tags add column listed boolean not null default true;
-- Counts and errors of an import tell what is in the records: it is shown to whoever ran it.
alter table imports add column user_id uuid default nullif(current_setting('app.user_id', true), '')::uuid;

-- The people of the person's team. A function, called once a statement: as a subquery it would be planned anew for each table that is asked.
create function team_mates() returns uuid[] language sql stable parallel safe security definer set search_path = chatsg, pg_temp as $$
  select coalesce(array_agg(mate.id), '{}') from users person join users mate on mate.workspace_id = person.workspace_id and mate.team_id = person.team_id
  where person.workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and person.id = nullif(current_setting('app.user_id', true), '')::uuid
$$;

do $$
declare
  t text;
  workspace constant text := $sql$(select nullif(current_setting('app.workspace', true), '')::uuid)$sql$;
  me constant text := $sql$(select nullif(current_setting('app.user_id', true), '')::uuid)$sql$;
  -- Whether a restricted record is open to the person: %1$s is its visibility, %2$s its owner. Settings and team are initplans, read once a statement.
  open_to_me constant text := $sql$(%2$s = $sql$ || me || $sql$
    or (%1$s = 'team' or (select current_setting('app.user_role', true)) = 'manager') and %2$s = any ((select team_mates())::uuid[]))$sql$;
begin
  foreach t in array array['teams', 'restrictions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = %s)', t, workspace);
  end loop;

  execute format('create function is_open_to_me(visibility text, owner_id uuid) returns boolean language sql stable set search_path = chatsg, pg_temp as %L',
    'select coalesce($1 = ''everyone'' or ' || format(open_to_me, '$1', '$2') || ', false)');
  -- The same for functions that read as the owner.
  execute format('create view hidden_records as select workspace_id, record_id from restrictions where workspace_id = %s and (%s) is not true',
    workspace, format(open_to_me, 'visibility', 'owner_id'));
  -- A member reads here what is hidden from that member, and only its id.
  execute format('create policy hidden on restrictions as restrictive to chatsg_member using (%s is not true)', format(open_to_me, 'visibility', 'owner_id'));

  foreach t in array array['organisations', 'contacts', 'leads', 'opportunities', 'tasks', 'events', 'notes'] loop
    execute format($sql$alter table %I add column visibility text not null default 'everyone' check (visibility in ('everyone', 'team', 'owner'))$sql$, t);
    execute format('create policy visibility on %I as restrictive to chatsg_member using (visibility = ''everyone'' or %s)', t,
      format(open_to_me, 'visibility', case t when 'notes' then 'author_id' else 'owner_id' end));
  end loop;

  execute format('create policy visibility on field_values as restrictive to chatsg_member using (visibility = ''everyone'' or %s)', format(open_to_me, 'visibility', 'owner_id'));
  execute format('create policy own on imports as restrictive to chatsg_member using (user_id = %s)', me);
end $$;
create policy listed on tags as restrictive to chatsg_member using (listed
  or exists (select 1 from field_values f where f.workspace_id = tags.workspace_id and f.norm = fold(tags.name) and f.field = 'tags'));

-- What follows reads past row-level security, states the workspace itself, and answers about ids or words that the caller names.
create function has_restrictions() returns boolean language sql stable parallel safe security definer set search_path = chatsg, pg_temp as $$
  select exists (select 1 from restrictions where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid)
$$;

-- Whether a record, or what it hangs on, is hidden from the person.
create function is_hidden(of_entity text, of_id uuid) returns boolean language plpgsql stable parallel safe security definer set search_path = chatsg, pg_temp as $$
declare
  workspace constant uuid := nullif(current_setting('app.workspace', true), '')::uuid;
  parent_type text;
  parent uuid;
  ids uuid[] := array[of_id];
begin
  case of_entity
    when 'tasks' then select related_type, related_id into parent_type, parent from tasks where workspace_id = workspace and id = of_id;
    when 'events' then select related_type, related_id into parent_type, parent from events where workspace_id = workspace and id = of_id;
    when 'notes' then select related_type, related_id into parent_type, parent from notes where workspace_id = workspace and id = of_id;
    when 'emails' then select related_type, related_id into parent_type, parent from emails where workspace_id = workspace and id = of_id;
    when 'orders' then parent_type := 'order'; parent := of_id;
    else null;
  end case;
  ids := ids || parent;
  if parent_type = 'order' then
    ids := ids || array(select unnest(array[contact_id, organisation_id]) from orders where workspace_id = workspace and id = parent);
  end if;
  return exists (select 1 from hidden_records where record_id = any(ids));
end $$;

-- Whether a value of a field's history is the id of a record that is hidden from the person.
create function names_hidden(value jsonb) returns boolean language plpgsql stable parallel safe security definer set search_path = chatsg, pg_temp as $$
begin
  if jsonb_typeof(value) is distinct from 'string' or value #>> '{}' !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then return false; end if;
  return exists (select 1 from hidden_records where record_id = (value #>> '{}')::uuid);
end $$;

do $$
declare t text;
begin
  foreach t in array array['orders', 'order_lines'] loop
    execute format('create policy visibility on %I as restrictive to chatsg_member using (not (select has_restrictions())
      or (contact_id is null or not exists (select 1 from restrictions r where r.record_id = contact_id))
        and (organisation_id is null or not exists (select 1 from restrictions r where r.record_id = organisation_id)))', t);
  end loop;
  foreach t in array array['tasks', 'events', 'notes', 'emails'] loop
    execute format($sql$create policy related on %I as restrictive to chatsg_member using (related_id is null or not (select has_restrictions())
      or case related_type when 'order' then not is_hidden('orders', related_id) else not exists (select 1 from restrictions r where r.record_id = related_id) end)$sql$, t);
  end loop;
end $$;
create policy visibility on search_documents as restrictive to chatsg_member using (not (select has_restrictions())
  or not exists (select 1 from restrictions r where r.record_id = search_documents.record_id)
    and (entity not in ('orders', 'tasks', 'events', 'notes', 'emails') or not is_hidden(entity, record_id)));
create policy visibility on import_changes as restrictive to chatsg_member using (not (select has_restrictions()) or not is_hidden(entity, record_id));
create policy visibility on record_links as restrictive to chatsg_member
  using (not (select has_restrictions()) or not (is_hidden(from_entity, from_id) or is_hidden(to_entity, to_id)));
create policy visibility on field_history as restrictive to chatsg_member
  using (not (select has_restrictions()) or not (is_hidden(entity, record_id) or names_hidden(old_value) or names_hidden(new_value)));

create or replace function search_candidates(alternatives jsonb, wanted_entities text[], at_most integer)
returns table (entity text, record_id uuid, label text, detail text, label_norm text, terms text[], label_words smallint)
language plpgsql stable security definer set search_path = chatsg, pg_temp as $$
declare
  words jsonb;
  condition text := '';
begin
  for words in select value from jsonb_array_elements(alternatives) loop
    condition := condition || format(' and d.terms && %L::text[]', (select array_agg(w) from jsonb_array_elements_text(words) w));
  end loop;
  -- What is hidden must not use up the candidates either: how many are left would tell of it.
  if current_setting('role') <> 'chatsg_app' and has_restrictions() then
    condition := condition || ' and not exists (select 1 from hidden_records h where h.record_id = d.record_id)
      and (d.entity not in (''orders'', ''tasks'', ''events'', ''notes'', ''emails'') or not is_hidden(d.entity, d.record_id))';
  end if;
  return query execute format(
    'select d.entity, d.record_id, d.label, d.detail, d.label_norm, d.terms, d.label_words from search_documents d
     where d.workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid and d.entity = any($1) %s limit $2', condition)
    using wanted_entities, at_most;
end $$;

-- Which of these records not everyone sees, and who does.
create function restricted_among(ids uuid[]) returns table (record_id uuid, visibility text, owner_id uuid)
language sql stable security definer set search_path = chatsg, pg_temp as $$
  select r.record_id, r.visibility, r.owner_id from restrictions r where r.workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and r.record_id = any(ids)
$$;

-- Which of these external ids (order numbers) belong to records hidden from the person: they are taken although nothing is to be seen.
create function hidden_keys(of_entity text, keys text[]) returns setof text language plpgsql stable security definer set search_path = chatsg, pg_temp as $$
declare
  key constant text := case of_entity when 'orders' then 'order_number' else 'external_id' end;
begin
  if current_setting('role') = 'chatsg_app' or not has_restrictions() then return; end if;
  if of_entity not in ('organisations', 'contacts', 'leads', 'opportunities', 'orders', 'tasks', 'events', 'notes', 'emails') then return; end if;
  return query execute format('select t.%1$I from %2$I t where t.workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid
    and t.%1$I = any($1) and t.deleted_at is null and is_hidden(%2$L, t.id)', key, of_entity) using keys;
end $$;

-- Tags that somebody uses or makes where everyone sees it.
create function list_tags(names text[]) returns void language sql security definer set search_path = chatsg, pg_temp as $$
  update tags set listed = true where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
    and not listed and lower(name) in (select lower(name) from unnest(names) as given(name))
$$;

create function keep_restrictions() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  gone text[];
begin
  if tg_op = 'DELETE' then
    delete from restrictions where workspace_id = old.workspace_id and record_id = old.id;
    return null;
  end if;
  if new.visibility = 'everyone' then
    delete from restrictions where workspace_id = new.workspace_id and record_id = new.id;
    return null;
  end if;
  insert into restrictions (workspace_id, record_id, visibility, owner_id) values (new.workspace_id, new.id, new.visibility, (to_jsonb(new) ->> tg_argv[0])::uuid)
  on conflict (workspace_id, record_id) do update set visibility = excluded.visibility, owner_id = excluded.owner_id;
  if tg_op = 'UPDATE' and old.visibility = 'everyone' and tg_table_name in ('organisations', 'contacts') then
    -- Search keeps the name of a record beside those that refer to it, and shows them to more people than it.
    select terms into gone from search_documents where workspace_id = new.workspace_id and entity = tg_table_name and record_id = new.id;
    update search_documents d set detail = '',
      terms = d.terms[1:d.label_words] || array(select term from unnest(d.terms[d.label_words + 1:]) term where term <> all(coalesce(gone, '{}')))
    where d.workspace_id = new.workspace_id and (d.entity = 'contacts' and tg_table_name = 'organisations'
        and d.record_id in (select id from contacts where workspace_id = new.workspace_id and organisation_id = new.id)
      or d.entity = 'opportunities'
        and d.record_id in (select id from opportunities where workspace_id = new.workspace_id and new.id in (organisation_id, contact_id)));
  end if;
  return null;
end $$;
do $$
declare
  t text;
  owner text;
begin
  foreach t in array array['organisations', 'contacts', 'leads', 'opportunities', 'tasks', 'events', 'notes'] loop
    owner := case t when 'notes' then 'author_id' else 'owner_id' end;
    execute format('create trigger restrict_new after insert on %I for each row when (new.visibility <> ''everyone'') execute function keep_restrictions(%L)', t, owner);
    execute format('create trigger restrict_changed after update on %1$I for each row when (old.visibility <> new.visibility or new.visibility <> ''everyone'' and old.%2$I is distinct from new.%2$I)
      execute function keep_restrictions(%2$L)', t, owner);
    execute format('create trigger restrict_removed after delete on %I for each row when (old.visibility <> ''everyone'') execute function keep_restrictions(%L)', t, owner);
  end loop;
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'chatsg'::regnamespace and p.prosecdef loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
