-- Quotes and their lines. A quote is not an order: what somebody was offered is no revenue.

create table quotes (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  quote_number text,
  external_id text,
  owner_id uuid,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  status text,
  opportunity_id uuid,
  organisation_id uuid,
  contact_id uuid,
  expiration_date date,
  currency text,
  subtotal numeric,
  discount numeric,
  tax numeric,
  shipping numeric,
  total numeric,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references users (workspace_id, id),
  foreign key (workspace_id, opportunity_id) references opportunities (workspace_id, id),
  foreign key (workspace_id, organisation_id) references organisations (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id)
);
create table quote_lines (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  external_id text,
  custom jsonb not null default '{}',
  quote_id uuid,
  product_id uuid,
  description text,
  position integer,
  quantity numeric,
  list_price numeric,
  unit_price numeric,
  subtotal numeric,
  discount numeric,
  total numeric,
  currency text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  created_by text,
  import_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, quote_id) references quotes (workspace_id, id),
  foreign key (workspace_id, product_id) references products (workspace_id, id)
);
create unique index quotes_external on quotes (workspace_id, external_id) where external_id is not null and deleted_at is null;
create unique index quote_lines_external on quote_lines (workspace_id, external_id) where external_id is not null and deleted_at is null;
create index quotes_import on quotes (import_id, id) where import_id is not null;
create index quote_lines_import on quote_lines (import_id, id) where import_id is not null;
create index quotes_number on quotes (workspace_id, quote_number) where quote_number is not null;
create index quotes_owner on quotes (workspace_id, owner_id);
create index quotes_created on quotes (workspace_id, created_at, id);
create index quotes_opportunity on quotes (workspace_id, opportunity_id) where opportunity_id is not null;
create index quotes_organisation on quotes (workspace_id, organisation_id) where organisation_id is not null;
create index quotes_contact on quotes (workspace_id, contact_id) where contact_id is not null;
create index quote_lines_quote on quote_lines (workspace_id, quote_id);
create index quote_lines_product on quote_lines (workspace_id, product_id) where product_id is not null;

do $$
declare t text;
begin
  foreach t in array array['quotes', 'quote_lines'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
    execute format('create trigger mark_change after insert or update or delete on %I for each statement execute function mark_change()', t);
    execute format($sql$create trigger keep_change_row after insert or update or delete on %I for each row
      when (coalesce(current_setting('app.change_id', true), '') <> '') execute function keep_change_row()$sql$, t);
    execute format('create trigger webhook_created after insert on %I referencing new table as added for each statement execute function webhook_created(%L)', t, t);
    execute format('create trigger webhook_changed after update on %I referencing old table as changed_from new table as changed_to for each statement execute function webhook_changed(%L)', t, t);
    execute format('create trigger webhook_removed after delete on %I referencing old table as removed for each statement execute function webhook_removed(%L)', t, t);
  end loop;
end $$;

-- A quote is seen by those who see whom it is for and the opportunity it belongs to, and its lines by those who see it.
create policy visibility on quotes as restrictive to chatsg_member using (not (select has_restrictions())
  or (contact_id is null or not exists (select 1 from restrictions r where r.record_id = contact_id))
    and (organisation_id is null or not exists (select 1 from restrictions r where r.record_id = organisation_id))
    and (opportunity_id is null or not exists (select 1 from restrictions r where r.record_id = opportunity_id)));
create policy visibility on quote_lines as restrictive to chatsg_member using (not (select has_restrictions())
  or quote_id is null or exists (select 1 from quotes q where q.workspace_id = quote_lines.workspace_id and q.id = quote_lines.quote_id));

create or replace function is_hidden(of_entity text, of_id uuid) returns boolean language plpgsql stable parallel safe security definer set search_path = chatsg, pg_temp as $$
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
    when 'quotes' then parent_type := 'quote'; parent := of_id;
    when 'quote_lines' then
      select quote_id into parent from quote_lines where workspace_id = workspace and id = of_id;
      parent_type := 'quote';
    else null;
  end case;
  ids := ids || parent;
  if parent_type = 'order' then
    ids := ids || array(select unnest(array[contact_id, organisation_id]) from orders where workspace_id = workspace and id = parent);
  elsif parent_type = 'quote' then
    ids := ids || array(select unnest(array[contact_id, organisation_id, opportunity_id]) from quotes where workspace_id = workspace and id = parent);
  end if;
  return exists (select 1 from hidden_records where record_id = any(ids));
end $$;
alter policy visibility on search_documents using (not (select has_restrictions())
  or not exists (select 1 from restrictions r where r.record_id = search_documents.record_id)
    and (entity not in ('orders', 'quotes', 'tasks', 'events', 'notes', 'emails') or not is_hidden(entity, record_id)));

create or replace function hidden_keys(of_entity text, keys text[]) returns setof text language plpgsql stable security definer set search_path = chatsg, pg_temp as $$
declare
  key constant text := case of_entity when 'orders' then 'order_number' else 'external_id' end;
begin
  if current_setting('role') = 'chatsg_app' or not has_restrictions() then return; end if;
  if of_entity not in ('organisations', 'contacts', 'leads', 'opportunities', 'orders', 'quotes', 'quote_lines', 'tasks', 'events', 'notes', 'emails') then return; end if;
  return query execute format('select t.%1$I from %2$I t where t.workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid
    and t.%1$I = any($1) and t.deleted_at is null and is_hidden(%2$L, t.id)', key, of_entity) using keys;
end $$;

create or replace function search_candidates(alternatives text[], wanted_entities text[], at_most integer)
returns table (entity text, record_id uuid, label text, detail text, label_norm text, terms text[], label_words smallint)
language plpgsql stable security definer
set search_path = chatsg, pg_temp set enable_seqscan = off as $$
declare
  workspace uuid := nullif(current_setting('app.workspace', true), '')::uuid;
  -- What is hidden must not use up the candidates either: how many are left would tell of it.
  restricted boolean := current_setting('role') <> 'chatsg_app' and has_restrictions();
  w1 text[] := alternatives[1];
  w2 text[] := coalesce(alternatives[2], alternatives[1]);
  w3 text[] := coalesce(alternatives[3], alternatives[1]);
  w4 text[] := coalesce(alternatives[4], alternatives[1]);
  w5 text[] := coalesce(alternatives[5], alternatives[1]);
  w6 text[] := coalesce(alternatives[6], alternatives[1]);
  w7 text[] := coalesce(alternatives[7], alternatives[1]);
  w8 text[] := coalesce(alternatives[8], alternatives[1]);
begin
  if cardinality(alternatives) > 8 then raise exception 'A search has at most eight words.'; end if;
  return query
    select d.entity, d.record_id, d.label, d.detail, d.label_norm, d.terms, d.label_words from search_documents d
    where d.workspace_id is not distinct from workspace and array_position(wanted_entities, d.entity) is not null
      and d.terms && w1 and d.terms && w2 and d.terms && w3 and d.terms && w4 and d.terms && w5 and d.terms && w6 and d.terms && w7 and d.terms && w8
      and (not restricted
        or not exists (select 1 from hidden_records h where h.record_id = d.record_id)
          and (d.entity not in ('orders', 'quotes', 'tasks', 'events', 'notes', 'emails') or not is_hidden(d.entity, d.record_id)))
    limit at_most;
end $$;

create or replace function visible_among(of_entities text[], of_ids uuid[]) returns table (entity text, record_id uuid)
language plpgsql stable set search_path = chatsg, pg_temp as $$
declare
  workspace uuid := nullif(current_setting('app.workspace', true), '')::uuid;
  ids uuid[];
begin
  for entity, ids in select g.e, array_agg(g.i) from unnest(of_entities, of_ids) as g(e, i) group by g.e loop
    case entity
      when 'contacts' then return query select entity, t.id from contacts t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'organisations' then return query select entity, t.id from organisations t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'leads' then return query select entity, t.id from leads t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'opportunities' then return query select entity, t.id from opportunities t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'pipelines' then return query select entity, t.id from pipelines t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'products' then return query select entity, t.id from products t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'orders' then return query select entity, t.id from orders t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'quotes' then return query select entity, t.id from quotes t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'tasks' then return query select entity, t.id from tasks t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'events' then return query select entity, t.id from events t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'notes' then return query select entity, t.id from notes t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'emails' then return query select entity, t.id from emails t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      else raise exception 'Search has no records of the kind %.', entity;
    end case;
  end loop;
end $$;

-- Quotes of a mirrored workspace are changed where they come from: nobody's change here would arrive there.
-- The name of the system that keeps records of this kind, for whoever would change one; null where this is their home.
create function kept_elsewhere(of_entity text) returns text language sql stable security definer set search_path = chatsg, pg_temp as $$
  select 'Insightly' where of_entity in ('quotes', 'quote_lines') and coalesce(current_setting('app.job', true), '') <> 'insightly' and exists (
    select from insightly_connections where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and state = 'mirrored' and of_entity <> all(not_in_plan))
$$;
revoke all on function kept_elsewhere(text) from public;
