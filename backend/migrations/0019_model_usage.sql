-- What language models were asked, by whom and what it cost; what they may cost a day; and, where it is wanted, what was said.

create table model_calls (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  at timestamptz not null,
  -- The person on whose behalf; null is a job of the system.
  user_id uuid,
  job text,
  session_id text,
  message_id text,
  agent text not null,
  purpose text not null,
  provider text not null,
  model text not null,
  is_fallback boolean not null,
  attempts integer not null,
  input_tokens bigint not null,
  -- Of the input: what the provider had seen shortly before.
  cached_tokens bigint not null,
  output_tokens bigint not null,
  -- The provider did not count.
  is_estimated boolean not null,
  -- US dollars; null where the model's price is not known.
  cost_usd numeric,
  first_token_ms integer,
  total_ms integer not null,
  outcome text not null check (outcome in ('done', 'cached', 'failed', 'cut', 'aborted', 'budget', 'queue')),
  request_id text,
  primary key (workspace_id, id)
);
create index model_calls_newest on model_calls (workspace_id, at desc, id desc);

-- What a person's calls of a day cost, for budgets; the person of a job is nought.
create table model_days (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  day date not null,
  user_id uuid not null,
  cost_usd numeric not null,
  primary key (workspace_id, day, user_id)
);
create index model_days_day on model_days (day);

-- US dollars a day: of the workspace, of each person, and of single people.
create table model_budgets (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  scope text not null check (scope in ('workspace', 'person')),
  -- Nought is the workspace, or each person who has none of their own.
  user_id uuid not null,
  usd_per_day numeric not null check (usd_per_day >= 0),
  primary key (workspace_id, scope, user_id)
);

-- Prompts and answers of calls, encrypted; only where LLM_AUDIT asks for it, and for LLM_AUDIT_RETENTION_DAYS.
create table model_exchanges (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  -- That of the call.
  id uuid not null,
  at timestamptz not null,
  content text not null,
  primary key (workspace_id, id)
);
create index model_exchanges_newest on model_exchanges (workspace_id, at desc, id desc);

do $$
declare t text;
begin
  foreach t in array array['model_calls', 'model_days', 'model_budgets', 'model_exchanges'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
  end loop;
  create policy own on model_calls as restrictive to chatsg_member using (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid));
end $$;

-- What the whole installation spent on a day: its budget is one for all.
create function model_spent(on_day date) returns numeric language sql stable security definer set search_path = chatsg, pg_temp as $$
  select coalesce(sum(cost_usd), 0) from model_days where day = on_day
$$;
revoke all on function model_spent(date) from public;

-- Removes what is older than it is kept for, in every workspace.
create function model_forget(calls_before timestamptz, exchanges_before timestamptz) returns bigint
language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare removed bigint;
begin
  delete from model_calls where at < calls_before;
  delete from model_days where day < calls_before::date;
  delete from model_exchanges where at < exchanges_before;
  get diagnostics removed = row_count;
  return removed;
end $$;
revoke all on function model_forget(timestamptz, timestamptz) from public;
