-- What is kept for a time only, and the nightly run that removes what is older: one for the installation, kept in its first workspace.
create table maintenance_runs (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  -- The night it belongs to; a process that finds its row taken has nothing to do.
  due_on date not null,
  holder uuid not null,
  held_until timestamptz not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  -- Rows that went, by kind.
  removed jsonb not null default '{}',
  error text,
  primary key (workspace_id, due_on)
);
alter table maintenance_runs enable row level security;
create policy workspace on maintenance_runs using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));

-- From then on what a change replaced is not kept any more, and undo says so.
alter table proposals add column undo_expired_at timestamptz;
alter table imports add column undo_expired_at timestamptz;
create index proposals_undoable on proposals (workspace_id, decided_at) where undo_expired_at is null and status in ('approved', 'undone');

-- All that follows removes from the workspace of a transaction of this job, and never more than asked for.
create function retention_workspace() returns uuid language plpgsql stable set search_path = chatsg, pg_temp as $$
declare
  workspace constant uuid := nullif(current_setting('app.workspace', true), '')::uuid;
begin
  if workspace is null or coalesce(current_setting('app.job', true), '') <> 'retention' then
    raise exception 'Retention is a job of a workspace.' using errcode = '42501';
  end if;
  return workspace;
end $$;

-- Times are the product's, which the job hands over.
create function retire_rows(kind text, older_than timestamptz, now_at timestamptz, at_most integer) returns bigint
language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  workspace constant uuid := retention_workspace();
  removed bigint;
begin
  case kind
    when 'undo' then
      -- Not the rows yet: whoever is undoing at this moment still needs them.
      update proposals set undo_expired_at = now_at where workspace_id = workspace and id in (select p.id from proposals p
        where p.workspace_id = workspace and p.undo_expired_at is null and p.status in ('approved', 'undone') and p.decided_at < older_than limit at_most);
    when 'importUndo' then
      update imports set undo_expired_at = now_at where workspace_id = workspace and id in (select i.id from imports i
        where i.workspace_id = workspace and i.undo_expired_at is null and i.status not in ('queued', 'running') and i.finished_at < older_than limit at_most);
    when 'changeRows' then
      delete from change_rows where workspace_id = workspace and (change_id, n) in (select c.change_id, c.n from proposals p
        join change_rows c on c.workspace_id = p.workspace_id and c.change_id = p.id
        where p.workspace_id = workspace and p.undo_expired_at < older_than limit at_most);
    when 'importChanges' then
      delete from import_changes where workspace_id = workspace and (import_id, entity, record_id) in (select c.import_id, c.entity, c.record_id from imports i
        join import_changes c on c.workspace_id = i.workspace_id and c.import_id = i.id
        where i.workspace_id = workspace and i.undo_expired_at < older_than limit at_most);
    when 'proposals' then
      with gone as (delete from proposals where workspace_id = workspace and id in (select p.id from proposals p
          where p.workspace_id = workspace and coalesce(p.decided_at, p.expires_at) < older_than and coalesce(p.undone_at, '-infinity') < older_than limit at_most) returning id),
        their_rows as (delete from change_rows c using gone g where c.workspace_id = workspace and c.change_id = g.id)
      select count(*) from gone into removed;
      delete from proposal_batches b where b.workspace_id = workspace and b.created_at < older_than
        and not exists (select from proposals p where p.workspace_id = workspace and p.batch_id = b.id);
      return removed;
    when 'securityEvents' then
      delete from security_events where workspace_id = workspace and id in (select e.id from security_events e
        where e.workspace_id = workspace and e.at < older_than order by e.at limit at_most);
    when 'keptQuestions' then
      delete from kept_questions where workspace_id = workspace and id in (select q.id from kept_questions q
        where q.workspace_id = workspace and q.at < older_than order by q.at limit at_most);
    when 'answerChunks' then
      -- Of answers that have ended; their end removes them, unless its process was killed in between.
      delete from answer_chunks where workspace_id = workspace and (message_id, sequence) in (select c.message_id, c.sequence from answer_chunks c
        join chat_messages m on m.workspace_id = c.workspace_id and m.id = c.message_id
        where c.workspace_id = workspace and m.status <> 'running' and m.created_at < older_than limit at_most);
    when 'webhookEvents' then
      delete from webhook_events where workspace_id = workspace and id in (select e.id from webhook_events e where e.workspace_id = workspace and e.at < older_than
        and not exists (select from webhook_deliveries d where d.workspace_id = e.workspace_id and d.event_id = e.id and d.state = 'queued') order by e.at limit at_most);
    when 'scheduleRuns' then
      delete from schedule_runs where workspace_id = workspace and id in (select r.id from schedule_runs r
        where r.workspace_id = workspace and r.state in ('done', 'failed', 'missed') and coalesce(r.finished_at, r.due_at) < older_than limit at_most);
    when 'workflows' then
      delete from agent_workflows where workspace_id = workspace and id in (select w.id from agent_workflows w
        where w.workspace_id = workspace and w.status <> 'running' and w.ended_at < older_than limit at_most);
    when 'modelCalls' then
      delete from model_calls where workspace_id = workspace and id in (select c.id from model_calls c
        where c.workspace_id = workspace and c.at < older_than order by c.at limit at_most);
    when 'modelDays' then
      delete from model_days where workspace_id = workspace and (day, user_id) in (select d.day, d.user_id from model_days d
        where d.workspace_id = workspace and d.day < older_than::date limit at_most);
    when 'modelExchanges' then
      delete from model_exchanges where workspace_id = workspace and id in (select e.id from model_exchanges e
        where e.workspace_id = workspace and e.at < older_than order by e.at limit at_most);
    when 'alerts' then
      delete from alerts where workspace_id = workspace and id in (select a.id from alerts a
        where a.workspace_id = workspace and a.resolved_at < older_than limit at_most);
    when 'selfTestRuns' then
      delete from self_test_runs where workspace_id = workspace and id in (select t.id from self_test_runs t
        where t.workspace_id = workspace and t.status <> 'running' and t.started_at < older_than limit at_most);
    when 'maintenanceRuns' then
      delete from maintenance_runs where workspace_id = workspace and due_on in (select r.due_on from maintenance_runs r
        where r.workspace_id = workspace and r.finished_at < older_than limit at_most);
  end case;
  get diagnostics removed = row_count;
  return removed;
end $$;

-- Conversations nobody has gone on with since, whole; what was learned from them stays (forget_session).
create function retire_sessions(older_than timestamptz, at_most integer) returns setof uuid
language plpgsql security definer set search_path = chatsg, pg_temp as $$
declare
  workspace constant uuid := retention_workspace();
begin
  return query delete from chat_sessions where workspace_id = workspace and id in (select s.id from chat_sessions s
    where s.workspace_id = workspace and s.updated_at < older_than
      and not exists (select from chat_messages m where m.workspace_id = s.workspace_id and m.session_id = s.id and m.status = 'running')
    order by s.updated_at limit at_most for update skip locked) returning id;
end $$;

-- Where there is something to look for, and which of these conversations exist, in whichever workspace; told to the job alone.
create function retention_workspaces() returns setof uuid language sql stable security definer set search_path = chatsg, pg_temp as $$
  select id from workspaces where retention_workspace() is not null order by created_at, id
$$;
create function retention_known_sessions(ids uuid[]) returns setof uuid language sql stable security definer set search_path = chatsg, pg_temp as $$
  select id from chat_sessions where id = any(ids) and retention_workspace() is not null
$$;
revoke all on function retention_workspace(), retire_rows(text, timestamptz, timestamptz, integer), retire_sessions(timestamptz, integer), retention_workspaces(),
  retention_known_sessions(uuid[]) from public;
