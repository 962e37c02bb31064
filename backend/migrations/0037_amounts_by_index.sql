-- Under row-level security an index serves leakproof comparisons only, and PostgreSQL marks those of every type of number so except numeric's,
-- which tell no more about what they compare than the others: "deals over 50,000" read all deals instead of those. Only a superuser may
-- say so, as ours of the embedded database is; where the database is somebody else's it stays as it is, slower and just as right.
do $$
declare comparison text;
begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    foreach comparison in array array['numeric_lt', 'numeric_le', 'numeric_eq', 'numeric_ne', 'numeric_ge', 'numeric_gt'] loop
      execute format('alter function pg_catalog.%I(numeric, numeric) leakproof', comparison);
    end loop;
  end if;
end $$;
