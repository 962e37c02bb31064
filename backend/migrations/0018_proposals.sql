-- What agents want changed, what people decided, and enough of every touched row to put it back; mails that wait to be sent.

create table proposal_batches (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  -- The person on whose behalf it was asked; null for a job.
  requested_by uuid,
  -- Asking again under the same key tells this batch.
  key text,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index proposal_batches_key on proposal_batches (workspace_id, requested_by, key) nulls not distinct where key is not null;

create table proposals (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  batch_id uuid not null,
  position integer not null,
  -- Of the request within its batch: the same asked again makes none twice.
  request_key text,
  tool text not null,
  title text not null,
  input jsonb not null,
  status text not null default 'pending' check (status in ('pending', 'approved', 'rejected', 'expired', 'failed', 'undone')),
  risk text not null check (risk in ('low', 'medium', 'high')),
  requested_by uuid,
  requested_name text not null,
  agent text,
  source jsonb not null,
  untrusted boolean not null,
  -- The record it is mainly about, as the one who asked or decided saw it.
  entity text,
  record_id uuid,
  label text,
  before jsonb,
  after jsonb,
  -- Every record it names: who may not see one of them does not see the proposal.
  about uuid[] not null default '{}',
  -- What was applied, for undo; the rows themselves are in change_rows.
  applied jsonb,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  decided_name text,
  policy_id uuid,
  note text,
  edited boolean not null default false,
  undone_at timestamptz,
  undone_by text,
  undone_name text,
  error text,
  primary key (workspace_id, id),
  foreign key (workspace_id, batch_id) references proposal_batches (workspace_id, id) on delete cascade
);
create unique index proposals_batch on proposals (workspace_id, batch_id, position);
create index proposals_status on proposals (workspace_id, status, id);
create index proposals_expiry on proposals (workspace_id, expires_at) where status = 'pending';

-- Ways in which proposals are approved without asking; a revoked one stays as history.
create table approval_policies (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  tool text not null,
  role text check (role in ('owner', 'admin', 'manager', 'rep', 'viewer')),
  mode text not null check (mode in ('ask', 'askAbove', 'auto')),
  "limit" numeric,
  currency text,
  created_at timestamptz not null,
  created_by text not null,
  created_name text not null,
  revoked_at timestamptz,
  revoked_by text,
  primary key (workspace_id, id)
);
create unique index approval_policies_active on approval_policies (workspace_id, tool, role) nulls not distinct where revoked_at is null;

-- Rows as an applied proposal found and left them, written by triggers: undo puts back exactly these.
create table change_rows (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  change_id uuid not null,
  n bigint generated always as identity,
  table_name text not null,
  row_id uuid not null,
  before jsonb,
  after jsonb,
  primary key (workspace_id, change_id, n)
);

create table email_outbox (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('send', 'reply', 'forward')),
  -- The mail that is answered or forwarded.
  email_id uuid,
  -- What names that mail to mail programs.
  in_reply_to text,
  "to" text[] not null,
  cc text[] not null default '{}',
  subject text not null,
  body text not null,
  related_type text,
  related_id uuid,
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed', 'cancelled')),
  proposal_id uuid,
  user_id uuid,
  created_by text not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  attempts integer not null default 0,
  error text,
  primary key (workspace_id, id)
);
create index email_outbox_status on email_outbox (workspace_id, status, id);
create unique index email_outbox_proposal on email_outbox (workspace_id, proposal_id) where proposal_id is not null;

do $$
declare
  t text;
  me constant text := $sql$(select nullif(current_setting('app.user_id', true), '')::uuid)$sql$;
begin
  foreach t in array array['proposal_batches', 'proposals', 'approval_policies', 'change_rows', 'email_outbox'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
  end loop;
  execute format('create policy own on proposal_batches as restrictive to chatsg_member using (requested_by = %s)', me);
  -- One's own, those of one's team for managers, and those about records that one sees, all of them.
  execute format($sql$create policy seen on proposals as restrictive to chatsg_member using (requested_by = %s or is_open_to_me('owner', requested_by)
    or cardinality(about) > 0 and (not (select has_restrictions())
      or not exists (select 1 from restrictions r where r.record_id = any(about)) and (record_id is null or not is_hidden(entity, record_id))))$sql$, me);
  -- Managers and up say what needs no asking.
  execute $sql$create policy made on approval_policies as restrictive for insert to chatsg_member with check ((select current_setting('app.user_role', true)) = 'manager')$sql$;
  execute $sql$create policy changed on approval_policies as restrictive for update to chatsg_member using ((select current_setting('app.user_role', true)) = 'manager')$sql$;
  -- With its proposal; while changes are tried out, before there is one, also what this transaction has done.
  create policy seen on change_rows as restrictive to chatsg_member using (exists (select 1 from proposals p where p.workspace_id = change_rows.workspace_id and p.id = change_id)
    or change_id = any ((select coalesce(nullif(current_setting('app.tried_changes', true), ''), '{}')::uuid[])::uuid[]));
  execute format($sql$create policy seen on email_outbox as restrictive to chatsg_member using (user_id = %s or is_open_to_me('owner', user_id)
    or (email_id is not null or related_id is not null) and (not (select has_restrictions())
      or (email_id is null or not is_hidden('emails', email_id)) and (related_id is null or not exists (select 1 from restrictions r where r.record_id = related_id))))$sql$, me);
end $$;

create function keep_change_row() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old is not distinct from new then return null; end if;
  if tg_op = 'INSERT' then
    insert into change_rows (workspace_id, change_id, table_name, row_id, after)
      values (new.workspace_id, current_setting('app.change_id')::uuid, tg_table_name, new.id, to_jsonb(new));
  elsif tg_op = 'UPDATE' then
    insert into change_rows (workspace_id, change_id, table_name, row_id, before, after)
      values (new.workspace_id, current_setting('app.change_id')::uuid, tg_table_name, new.id, to_jsonb(old), to_jsonb(new));
  else
    insert into change_rows (workspace_id, change_id, table_name, row_id, before)
      values (old.workspace_id, current_setting('app.change_id')::uuid, tg_table_name, old.id, to_jsonb(old));
  end if;
  return null;
end $$;
revoke all on function keep_change_row() from public;

do $$
declare t text;
begin
  -- Asked of every row, and queued only while a proposal is applied: an import of a million rows pays a look at a setting for each.
  foreach t in array array['organisations', 'contacts', 'leads', 'opportunities', 'pipelines', 'stages', 'products', 'orders', 'order_lines', 'tasks', 'events',
    'notes', 'emails', 'tags', 'users', 'record_links'] loop
    execute format($sql$create trigger keep_change_row after insert or update or delete on %I for each row
      when (coalesce(current_setting('app.change_id', true), '') <> '') execute function keep_change_row()$sql$, t);
  end loop;
end $$;
