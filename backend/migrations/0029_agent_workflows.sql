-- Work of several agents one after the other; each step lands with its trace in one transaction, so that any process can go on with the next.
create table agent_workflows (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  status text not null default 'running' check (status in ('running', 'done', 'failed', 'cancelled')),
  -- What it is about, such as a mail.
  source jsonb not null,
  -- The person on whose behalf it works.
  user_id uuid not null,
  -- What its steps have found out.
  state jsonb not null default '{}',
  -- What its steps have done: agent, title, what was said, when.
  steps jsonb not null default '[]',
  error text,
  attempts integer not null default 0,
  -- Asking again under the same key tells the run that is there.
  key text,
  holder uuid,
  held_until timestamptz,
  due_at timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id)
);
create unique index agent_workflows_key on agent_workflows (workspace_id, user_id, key) where key is not null;
create index agent_workflows_due on agent_workflows (due_at) where status = 'running';
create index agent_workflows_newest on agent_workflows (workspace_id, created_at desc, id desc);

alter table agent_workflows enable row level security;
create policy workspace on agent_workflows using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
create policy own on agent_workflows as restrictive to chatsg_member using (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid));

-- Workspaces in which a step is due, whichever that is.
create function agent_workflow_workspaces(now timestamptz) returns table (workspace_id uuid)
language sql stable security definer set search_path = chatsg, pg_temp as $$
  select distinct w.workspace_id from agent_workflows w where w.status = 'running' and w.due_at <= now and (w.held_until is null or w.held_until < now)
$$;
revoke all on function agent_workflow_workspaces(timestamptz) from public;
