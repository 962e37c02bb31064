-- A table that grows by thousands of rows within a minute is planned as if it were empty until autovacuum comes by: every index on
-- workspace_id then looks as good as the right one. Whoever loads in bulk refreshes the statistics; analysing needs the owner.
create function refresh_statistics(tables text[]) returns void language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  name text;
begin
  for name in select t.name from unnest(tables) as t(name) join pg_tables p on p.schemaname = 'chatsg' and p.tablename = t.name order by 1 loop
    execute format('analyze %I', name);
  end loop;
end $$;
revoke all on function refresh_statistics(text[]) from public;
