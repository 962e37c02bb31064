-- Imports that wait their turn, go on after a crash and can be cancelled; and what keeps a load of a million rows fast.

alter table imports drop constraint imports_status_check;
alter table imports add constraint imports_status_check check (status in ('queued', 'running', 'done', 'failed', 'cancelled', 'undone'));
-- Rows of the file that have landed, counted from its beginning: where an import goes on.
alter table imports add column position integer not null default 0;
update imports set position = coalesce((options ->> 'processed')::int, total);
-- The file is kept, so that the import goes on when its process died.
alter table imports add column durable boolean not null default false;
alter table imports add column cancel_requested boolean not null default false;

-- An undo goes through an import's records page by page, each page found by its first id.
do $$
declare t text;
begin
  foreach t in array array['organisations', 'contacts', 'leads', 'opportunities', 'products', 'orders', 'tasks', 'events', 'notes', 'emails'] loop
    execute format('drop index %I', t || '_import');
    execute format('create index %I on %I (import_id, id) where import_id is not null', t || '_import', t);
  end loop;
end $$;

-- What search derives from records takes a dozen rows for each record, and all of one statement belong to one workspace: whether that
-- is there is asked once a statement instead of once a row. They still go with their workspace.
create function keep_workspace() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare missing uuid;
begin
  with given as (select distinct workspace_id as id from added), known as (select w.id from workspaces w join given using (id) for key share of w)
  select id into missing from given where id not in (select id from known) limit 1;
  if missing is not null then
    raise foreign_key_violation using message = format('insert on table "%s" names a workspace that is not there', tg_table_name);
  end if;
  return null;
end $$;
create function remove_derived() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  delete from search_documents where workspace_id = old.id;
  delete from search_deletions where workspace_id = old.id;
  delete from search_words where workspace_id = old.id;
  delete from field_values where workspace_id = old.id;
  return old;
end $$;
revoke all on function keep_workspace(), remove_derived() from public;
do $$
declare t text;
begin
  foreach t in array array['search_documents', 'search_deletions', 'search_words', 'field_values'] loop
    execute format('alter table %I drop constraint %I', t, t || '_workspace_id_fkey');
    execute format('create trigger keep_workspace after insert on %I referencing new table as added for each statement execute function keep_workspace()', t);
  end loop;
end $$;
create trigger remove_derived before delete on workspaces for each row execute function remove_derived();

-- During a load the planner has to know roughly how large tables have become and how many values they hold, every few thousand rows; a
-- look at a tenth of the usual sample tells that. The rest is found out by the database itself when the load is over.
create function refresh_growth(tables text[]) returns void language plpgsql security definer
set search_path = chatsg, pg_temp set default_statistics_target = 10 as $$
begin
  perform refresh_statistics(tables);
end $$;
revoke all on function refresh_growth(text[]) from public;

-- Foreign keys of records are checked row by row, which is half of what inserting opportunities costs. Where the owner may say so (the
-- embedded database), inserts are checked once a statement instead, with the same locks on the same rows; updates and deletes are
-- checked as ever, and the keys stay what they are. One function a table, so that its statements are planned once a connection.
do $$
declare
  t text;
  key record;
  body text;
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then return; end if;
  foreach t in array array['organisations', 'contacts', 'leads', 'opportunities', 'products', 'orders', 'order_lines', 'tasks', 'events', 'notes', 'emails'] loop
    body := '';
    for key in
      select c.conname, c.oid, c.confrelid::regclass::text as parent, r.tgname,
        string_agg(format('g.%I', a.attname), ', ' order by k.n) as columns,
        string_agg(format('p.%I = g.%I', f.attname, a.attname), ' and ' order by k.n) as matches,
        string_agg(format('g.%I is not null', a.attname), ' and ' order by k.n) as filled
      from pg_constraint c
      cross join lateral unnest(c.conkey, c.confkey) with ordinality as k(own, other, n)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
      join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.other
      join pg_trigger r on r.tgconstraint = c.oid and r.tgrelid = c.conrelid and r.tgfoid = '"RI_FKey_check_ins"'::regproc
      where c.conrelid = format('%I', t)::regclass and c.contype = 'f'
      group by c.conname, c.oid, c.confrelid, r.tgname order by c.conname
    loop
      body := body || format($body$
  if (select count(*) from (select distinct %1$s from added g where %2$s) wanted)
    <> (select count(*) from (select 1 from (select distinct %1$s from added g where %2$s) g join %3$s p on %4$s for key share of p) found)
  then raise foreign_key_violation using table = %5$L, constraint = %6$L,
    message = 'insert on table "%5$s" violates foreign key constraint "%6$s"'; end if;$body$, key.columns, key.filled, key.parent, key.matches, t, key.conname);
      execute format('alter table %I disable trigger %I', t, key.tgname);
    end loop;
    -- Each parent is found by its key, whatever the first statement's size was when this was planned.
    execute format('create function %I() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp
      set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as %L', 'keep_references_of_' || t, 'begin' || body || ' return null; end');
    execute format('revoke all on function %I() from public', 'keep_references_of_' || t);
    execute format('create trigger keep_references after insert on %I referencing new table as added for each statement execute function %I()', t, 'keep_references_of_' || t);
  end loop;
end $$;
