-- Alerts about the installation itself, and runs of its self-test. Both are the installation's, not a workspace's.
create table alerts (
  id uuid primary key,
  name text not null,
  severity text not null check (severity in ('warning', 'critical')),
  -- What was measured when it was raised, when it was last looked at, and what it is compared with.
  value double precision not null,
  threshold double precision not null,
  message text not null,
  raised_at timestamptz not null,
  resolved_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text
);
create unique index alerts_active on alerts (name) where resolved_at is null;
create index alerts_newest on alerts (raised_at desc, id desc);

-- Which process looks after alerts, until when.
create table alert_leader (
  only_one boolean primary key default true check (only_one),
  holder uuid not null,
  until timestamptz not null
);

create table self_test_runs (
  id uuid primary key,
  name text not null,
  status text not null check (status in ('running', 'passed', 'failed', 'broken')),
  started_by text not null,
  started_at timestamptz not null,
  -- A run whose process is gone ends here.
  until timestamptz not null,
  duration_ms double precision,
  progress jsonb,
  report jsonb,
  error text
);
create unique index self_test_runs_running on self_test_runs ((true)) where status = 'running';
create index self_test_runs_newest on self_test_runs (started_at desc, id desc);
