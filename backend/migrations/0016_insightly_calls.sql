-- Calls to Insightly: one sliding log for each API key, shared by every process of the installation and kept in the database's time. The limit
-- is the key's, whichever workspace calls, so none of these has a workspace; a key is the hash of an address and an API key. Whoever is bound
-- to one workspace's visibility has no policy here and sees nothing.

create table insightly_limits (
  key text primary key check (key ~ '^[0-9a-f]{32}$'),
  -- Calls granted so far; numbers them.
  calls bigint not null default 0,
  persons_in_a_row integer not null default 0,
  paused_until timestamptz not null default '-infinity',
  -- What Insightly last told of the day's calls, and in the answer to which call.
  quota_limit bigint,
  quota_remaining bigint,
  quota_call bigint not null default 0,
  quota_at timestamptz not null default '-infinity',
  probed_at timestamptz not null default '-infinity'
);

-- A call counts until a window after its answer began, so that it arrived before that whatever the network did to it. One whose process died
-- counts until its lease has run out.
create table insightly_calls (
  key text not null references insightly_limits (key) on delete cascade,
  call bigint not null,
  process uuid not null,
  ended boolean not null default false,
  counts_until timestamptz not null,
  primary key (key, call)
);

-- Which processes wait, and since when it is each one's turn to come.
create table insightly_waiting (
  key text not null references insightly_limits (key) on delete cascade,
  process uuid not null,
  priority text not null check (priority in ('person', 'sync')),
  since timestamptz not null,
  seen_at timestamptz not null,
  primary key (key, process, priority)
);

do $$
declare t text;
begin
  foreach t in array array['insightly_limits', 'insightly_calls', 'insightly_waiting'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy installation on %I to chatsg_app using (true)', t);
  end loop;
end $$;

/** Takes the key's row, so that processes decide one after the other. */
create function insightly_lock(wanted text) returns insightly_limits language plpgsql as $$
declare found_row insightly_limits;
begin
  select * into found_row from insightly_limits where key = wanted for update;
  if not found then
    insert into insightly_limits (key) values (wanted) on conflict do nothing;
    select * into found_row from insightly_limits where key = wanted for update;
  end if;
  return found_row;
end $$;

/**
 * Grants as many of the asking process's waiting calls as it is their turn for: people's first, of each priority the process that waited
 * longest, and after four in a row of people one of the sync. Tells the numbers of the calls, and when to ask again.
 */
create function insightly_take(wanted text, asking uuid, persons integer, syncs integer, maximum integer, window_ms integer, lease_ms integer, reserve_share numeric,
  out person_calls bigint[], out sync_calls bigint[], out wait_ms bigint, out paused_ms bigint, out person_open boolean, out sync_open boolean)
language plpgsql as $$
declare
  held insightly_limits := insightly_lock(wanted);
  -- After the lock: time spent waiting for it has passed for everybody.
  at_time timestamptz := clock_timestamp();
  free integer;
  remaining bigint;
  reserve bigint := ceil(coalesce(held.quota_limit, 0) * reserve_share);
  turn text;
  winner uuid;
begin
  person_calls := '{}';
  sync_calls := '{}';
  delete from insightly_calls where key = wanted and counts_until <= at_time;
  delete from insightly_waiting where key = wanted
    and (seen_at < at_time - interval '1.5 seconds' or process = asking and (priority = 'person' and persons = 0 or priority = 'sync' and syncs = 0));
  insert into insightly_waiting as waiting (key, process, priority, since, seen_at)
    select wanted, asking, p.priority, at_time, at_time from (values ('person', persons), ('sync', syncs)) as p (priority, count) where p.count > 0
    on conflict (key, process, priority) do update set seen_at = at_time;
  select maximum - count(*) into free from insightly_calls where key = wanted;
  paused_ms := greatest(0, ceil(extract(epoch from least(held.paused_until, at_time + interval '30 days') - at_time) * 1000));
  loop
    -- Unknown stays unknown: greatest() would make it nought.
    remaining := case when held.quota_remaining is not null then greatest(0, held.quota_remaining - (held.calls - held.quota_call)) end;
    -- When the day's calls come back is not known: now and then one call finds out.
    person_open := remaining is null or remaining > 0 or at_time - greatest(held.quota_at, held.probed_at) > interval '1 minute';
    sync_open := remaining is null or remaining > reserve or at_time - greatest(held.quota_at, held.probed_at) > interval '1 hour';
    exit when free <= 0 or paused_ms > 0;
    select case when bool_or(priority = 'person') and person_open and not (held.persons_in_a_row >= 4 and bool_or(priority = 'sync') and sync_open) then 'person'
      when bool_or(priority = 'sync') and sync_open then 'sync' end into turn from insightly_waiting where key = wanted;
    exit when turn is null;
    select process into winner from insightly_waiting where key = wanted and priority = turn order by since, process limit 1;
    exit when winner <> asking;
    held.calls := held.calls + 1;
    insert into insightly_calls (key, call, process, counts_until)
      values (wanted, held.calls, asking, at_time + (lease_ms + window_ms) * interval '1 millisecond');
    if remaining <= 0 or turn = 'sync' and remaining <= reserve then held.probed_at := at_time; end if;
    free := free - 1;
    if turn = 'person' then
      person_calls := person_calls || held.calls;
      persons := persons - 1;
      held.persons_in_a_row := held.persons_in_a_row + 1;
    else
      sync_calls := sync_calls || held.calls;
      syncs := syncs - 1;
      held.persons_in_a_row := 0;
    end if;
    if turn = 'person' and persons > 0 or turn = 'sync' and syncs > 0 then
      update insightly_waiting set since = clock_timestamp() where key = wanted and process = asking and priority = turn;
    else
      delete from insightly_waiting where key = wanted and process = asking and priority = turn;
    end if;
  end loop;
  update insightly_limits set calls = held.calls, persons_in_a_row = held.persons_in_a_row, probed_at = held.probed_at where key = wanted;
  -- A call that ends is noticed well before it stops counting, because nobody waits longer than half a window.
  wait_ms := case when paused_ms > 0 then least(paused_ms, 500) when free > 0 then 25 else (
    select greatest(1, least(ceil(extract(epoch from min(counts_until) - clock_timestamp()) * 1000), greatest(window_ms / 2, 10), 500))
      from insightly_calls where key = wanted) end;
end $$;

/** A call was answered, failed, or was not made after all. `told_limit` and `told_remaining` are of the answer's headers; `pause_ms` stops every process. */
create function insightly_end(wanted text, ended_call bigint, of_process uuid, was_made boolean, window_ms integer, told_limit bigint, told_remaining bigint, pause_ms bigint)
returns void language plpgsql as $$
declare
  held insightly_limits := insightly_lock(wanted);
  at_time timestamptz := clock_timestamp();
begin
  if was_made then
    insert into insightly_calls as c (key, call, process, ended, counts_until)
      values (wanted, ended_call, of_process, true, at_time + window_ms * interval '1 millisecond')
      on conflict (key, call) do update set ended = true, counts_until = excluded.counts_until;
  else
    delete from insightly_calls where key = wanted and call = ended_call;
  end if;
  -- Answers overtake each other; the one to the youngest call knows best.
  update insightly_limits set
    quota_limit = case when told_remaining is null or ended_call < held.quota_call then quota_limit else coalesce(told_limit, quota_limit) end,
    quota_remaining = case when told_remaining is null or ended_call < held.quota_call then quota_remaining else told_remaining end,
    quota_call = case when told_remaining is null then quota_call else greatest(quota_call, ended_call) end,
    quota_at = case when told_remaining is null or ended_call < held.quota_call then quota_at else at_time end,
    paused_until = greatest(paused_until, at_time + pause_ms * interval '1 millisecond')
  where key = wanted;
end $$;

/** The asking process lives: its calls on their way go on counting. */
create function insightly_renew(wanted text, asking uuid, window_ms integer, lease_ms integer) returns void language plpgsql as $$
begin
  perform insightly_lock(wanted);
  update insightly_calls set counts_until = greatest(counts_until, clock_timestamp() + (lease_ms + window_ms) * interval '1 millisecond')
    where key = wanted and process = asking and not ended;
end $$;

/** How things stand, without a lock. */
create function insightly_standing(wanted text, out quota_limit bigint, out quota_remaining bigint, out quota_at timestamptz, out paused_ms bigint, out counting bigint)
language sql stable as $$
  select l.quota_limit, case when l.quota_remaining is not null then greatest(0, l.quota_remaining - (l.calls - l.quota_call)) end, nullif(l.quota_at, '-infinity'),
    greatest(0, ceil(extract(epoch from least(l.paused_until, now() + interval '30 days') - now()) * 1000))::bigint,
    (select count(*) from insightly_calls c where c.key = wanted and c.counts_until > now())
  from insightly_limits l where l.key = wanted
$$;

revoke all on function insightly_lock(text), insightly_take(text, uuid, integer, integer, integer, integer, integer, numeric),
  insightly_end(text, bigint, uuid, boolean, integer, bigint, bigint, bigint), insightly_renew(text, uuid, integer, integer), insightly_standing(text) from public;
