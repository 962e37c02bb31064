-- Security events of a workspace; what the installation counts of addresses and sign-ins; bans.

create table security_events (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  sequence bigint generated always as identity,
  type text not null check (type in ('authentication', 'authorization', 'threat', 'rate_limit', 'data_access', 'configuration')),
  severity text not null check (severity in ('low', 'medium', 'high', 'critical')),
  ip text,
  user_id text,
  user_agent text,
  details jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create index security_events_newest on security_events (workspace_id, at desc, sequence desc);

-- Up to where a workspace has cleared its list; the rows stay.
create table security_event_marks (
  workspace_id uuid primary key references workspaces (id) on delete cascade,
  cleared_through bigint not null,
  cleared_at timestamptz not null,
  cleared_by text not null
);

do $$
declare t text;
begin
  foreach t in array array['security_events', 'security_event_marks']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
  end loop;
end $$;

-- The tables below are nobody's: an address is no workspace's. Their keys are keyed hashes, and only chatsg_app may use them (rights.sql).

-- Losing these counts in a crash costs one window, so they need no log.
create unlogged table request_counts (
  key text primary key,
  points bigint not null,
  expires_at timestamptz not null
) with (fillfactor = 70);
create index request_counts_expiry on request_counts (expires_at);

-- One call counts and answers in one round trip; the plan is kept by the connection.
create function add_points(counted text, added integer, window_ms integer, out points bigint, out reset_ms bigint) language plpgsql as $$
begin
  insert into request_counts as c (key, points, expires_at)
  values (counted, greatest(added, 0), now() + window_ms * interval '1 millisecond')
  on conflict (key) do update set
    points = case when c.expires_at <= now() then excluded.points else greatest(c.points + added, 0) end,
    expires_at = case when c.expires_at <= now() then excluded.expires_at else c.expires_at end
  returning c.points, ceil(extract(epoch from c.expires_at - now()) * 1000)::bigint into points, reset_ms;
end $$;
revoke all on function add_points(text, integer, integer) from public;

-- Attempts to sign in: one row for each account with an address, and one for each account from anywhere.
create table sign_in_failures (
  key text primary key,
  since timestamptz not null,
  failures integer not null,
  pending integer not null,
  pending_since timestamptz not null,
  locked_until timestamptz
);
create index sign_in_failures_since on sign_in_failures (since);

-- From where an account was signed in to: a lock of the account does not hold there.
create table sign_in_addresses (
  account text not null,
  address text not null,
  last_at timestamptz not null,
  primary key (account, address)
);
create index sign_in_addresses_last on sign_in_addresses (last_at);

create table bans (
  id uuid primary key,
  network cidr not null,
  reason text not null,
  automatic boolean not null,
  -- Which ban of this network in the last 30 days this is; each lasts twice as long as the one before.
  times integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid
);
create index bans_active on bans (expires_at) where lifted_at is null;
create index bans_network on bans (network, created_at);

-- Never banned automatically.
create table ban_allow_list (
  network cidr primary key,
  note text not null default '',
  created_by uuid,
  created_at timestamptz not null
);
