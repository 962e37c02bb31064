-- Alerts about the installation, and runs of its self-test; they are kept in its first workspace, whose admins look after it.
create table alerts (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  name text not null,
  severity text not null check (severity in ('warning', 'critical')),
  -- What was measured when it was raised and is compared with.
  value double precision not null,
  threshold double precision not null,
  message text not null,
  raised_at timestamptz not null,
  resolved_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  primary key (workspace_id, id)
);
create unique index alerts_active on alerts (workspace_id, name) where resolved_at is null;
create index alerts_newest on alerts (workspace_id, raised_at desc, id desc);

-- Which process tells people of alerts, until when.
create table alert_leaders (
  workspace_id uuid primary key references workspaces(id) on delete cascade,
  holder uuid not null,
  until timestamptz not null
);

create table self_test_runs (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  name text not null,
  status text not null check (status in ('running', 'passed', 'failed', 'broken')),
  started_by text not null,
  started_at timestamptz not null,
  -- A run whose process is gone ends here.
  until timestamptz not null,
  duration_ms double precision,
  progress jsonb,
  report jsonb,
  error text,
  primary key (workspace_id, id)
);
create unique index self_test_runs_running on self_test_runs (workspace_id) where status = 'running';
create index self_test_runs_newest on self_test_runs (workspace_id, started_at desc, id desc);

do $$
declare
  t text;
begin
  foreach t in array array['alerts', 'alert_leaders', 'self_test_runs'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
  end loop;
end $$;
