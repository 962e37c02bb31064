-- Who may do what with the tables, stated anew at every start. Row-level security decides on which rows.
begin;
grant usage on schema chatsg to chatsg_app, chatsg_member;
grant select, insert, update, delete on all tables in schema chatsg to chatsg_app, chatsg_member;
grant usage on all sequences in schema chatsg to chatsg_app, chatsg_member;
grant execute on all functions in schema chatsg to chatsg_app, chatsg_member;
revoke insert, update, delete on schema_migrations from chatsg_app, chatsg_member;
revoke insert, delete on workspaces from chatsg_app, chatsg_member;

grant usage on schema chatsg_accounts to chatsg_accounts;
grant select, insert, update, delete on all tables in schema chatsg_accounts to chatsg_accounts;
grant usage on all sequences in schema chatsg_accounts to chatsg_accounts;

-- Audit: entries are added and one's own workspace's are read; nothing is changed or removed, and certificates of erasure stay as they are.
do $$
begin
  if to_regclass('chatsg.audit_entries') is null then return; end if;
  revoke select, update, delete on chatsg.audit_pending from chatsg_app, chatsg_member;
  revoke insert, update, delete on chatsg.audit_entries, chatsg.audit_head, chatsg.audit_checkpoints from chatsg_app, chatsg_member;
  revoke select on chatsg.audit_head, chatsg.audit_checkpoints from chatsg_app, chatsg_member;
  revoke select on chatsg.audit_entries from chatsg_member;
  revoke update, delete on chatsg.erasure_certificates from chatsg_app, chatsg_member;
  revoke select, insert on chatsg.erasure_certificates from chatsg_member;
end $$;

-- Visibility: restrictions are kept by triggers, and a member reads the ids of what is hidden from that member; who is in which team is for admins.
do $$
begin
  if to_regclass('chatsg.restrictions') is null then return; end if;
  revoke all on chatsg.restrictions, chatsg.hidden_records from chatsg_app, chatsg_member;
  grant select (workspace_id, record_id) on chatsg.restrictions to chatsg_member;
  revoke insert, update, delete on chatsg.teams from chatsg_member;
  revoke insert, update, delete on chatsg.users from chatsg_member;
  grant insert (workspace_id, id, name, email, role, active, created_at), update (name, email) on chatsg.users to chatsg_member;
end $$;

-- Security events are added and read, never changed; what is counted and banned is the installation's, so members have no part in it.
do $$
begin
  if to_regclass('chatsg.security_events') is null then return; end if;
  revoke update, delete on chatsg.security_events from chatsg_app;
  revoke all on chatsg.security_events, chatsg.security_event_marks, chatsg.request_counts, chatsg.sign_in_failures, chatsg.sign_in_addresses,
    chatsg.bans, chatsg.ban_allow_list from chatsg_member;
  revoke delete on chatsg.bans from chatsg_app;
  revoke execute on function chatsg.add_points(text, integer, integer) from chatsg_member;
end $$;

-- Who is asked in, and links that sign somebody in, are nothing for members; of keys they see their own by a policy.
do $$
begin
  if to_regclass('chatsg.invitations') is null then return; end if;
  revoke all on chatsg.invitations, chatsg.sign_in_links from chatsg_member;
  revoke delete on chatsg.api_keys from chatsg_app, chatsg_member;
end $$;
-- What is kept of the way to Insightly is written by jobs and seen by admins; what members change joins the outbox by triggers.
do $$
begin
  if to_regclass('chatsg.insightly_outbox') is null then return; end if;
  revoke all on chatsg.insightly_connections, chatsg.insightly_records, chatsg.insightly_lists, chatsg.insightly_runs, chatsg.insightly_pages,
    chatsg.insightly_cursors, chatsg.insightly_hints, chatsg.insightly_outbox, chatsg.insightly_conflicts from chatsg_member;
  revoke execute on function chatsg.insightly_workspaces(), chatsg.insightly_hook_workspace(text), chatsg.note_as_of(timestamptz) from chatsg_member;
end $$;
-- Which workspaces have answers that nobody makes any more is for whoever ends them.
do $$
begin
  if to_regproc('chatsg.interrupted_answer_workspaces') is null then return; end if;
  revoke execute on function chatsg.interrupted_answer_workspaces() from chatsg_member;
end $$;
-- What a Mem0 server has to be told is noted by whoever changes it, and read by the job that tells it.
do $$
begin
  if to_regclass('chatsg.memory_queue') is null then return; end if;
  revoke select, update, delete on chatsg.memory_queue from chatsg_member;
  revoke execute on function chatsg.memory_workspaces() from chatsg_member;
end $$;
-- What waits for a model is noted by whoever wrote it, and sent by the job that reads it.
do $$
begin
  if to_regclass('chatsg.memory_readings') is null then return; end if;
  revoke all on chatsg.memory_batches from chatsg_member;
  revoke update on chatsg.memory_readings from chatsg_member;
  revoke execute on function chatsg.memory_reading_workspaces() from chatsg_member;
end $$;
-- Proposals and policies stay as history; what a change found and left is written by triggers alone.
do $$
begin
  if to_regclass('chatsg.proposals') is null then return; end if;
  revoke delete on chatsg.proposal_batches, chatsg.proposals, chatsg.approval_policies, chatsg.email_outbox from chatsg_app, chatsg_member;
  revoke insert, update, delete on chatsg.change_rows from chatsg_member;
  -- Whoever is erased is erased from them too.
  revoke insert on chatsg.change_rows from chatsg_app;
end $$;
do $$
begin
  if to_regclass('chatsg.agent_workflows') is null then return; end if;
  revoke execute on function chatsg.agent_workflow_workspaces(timestamptz) from chatsg_member;
end $$;
-- What runs and what is switched on is kept for the installation; its history is only ever added to.
do $$
begin
  if to_regclass('chatsg.feature_flags') is null then return; end if;
  revoke all on chatsg.deployments, chatsg.feature_flags, chatsg.feature_flag_changes from chatsg_member;
  revoke update, delete on chatsg.deployments, chatsg.feature_flag_changes from chatsg_app;
end $$;
-- Calls of models are written by the job that keeps the books, and everybody sees their own; budgets and what was said are for admins.
do $$
begin
  if to_regclass('chatsg.model_calls') is null then return; end if;
  revoke insert, update, delete on chatsg.model_calls from chatsg_member;
  revoke all on chatsg.model_days, chatsg.model_budgets, chatsg.model_exchanges from chatsg_member;
  revoke execute on function chatsg.model_spent(date), chatsg.model_forget(timestamptz, timestamptz) from chatsg_member;
end $$;
-- Webhooks are for admins; what happens joins their queues by triggers. Runs of schedules are written by jobs.
do $$
begin
  if to_regclass('chatsg.webhooks') is null then return; end if;
  revoke all on chatsg.webhooks, chatsg.webhook_events, chatsg.webhook_deliveries from chatsg_member;
  revoke update, delete on chatsg.schedule_runs from chatsg_member;
  revoke execute on function chatsg.automation_workspaces(timestamptz), chatsg.note_webhook_event(text, jsonb), chatsg.note_webhook_records(text, text, uuid[], jsonb)
    from chatsg_app, chatsg_member;
  grant execute on function chatsg.automation_workspaces(timestamptz) to chatsg_app;
end $$;
-- The number of a workspace's changes is read by all and grows by itself.
do $$
begin
  if to_regclass('chatsg.data_versions') is null then return; end if;
  revoke insert, update, delete on chatsg.data_versions from chatsg_app, chatsg_member;
end $$;
-- What no prompt may hold is read by all and chosen by those who look after the workspace.
do $$
begin
  if to_regclass('chatsg.confidential_fields') is null then return; end if;
  revoke insert, update, delete on chatsg.confidential_fields from chatsg_member;
end $$;
-- What is hidden from a role is read by all, for their own pages, and chosen by those who look after the workspace. Its views follow the tables.
do $$
begin
  if to_regclass('chatsg.hidden_fields') is null then return; end if;
  revoke insert, update, delete on chatsg.hidden_fields from chatsg_member;
  revoke execute on function chatsg.refresh_masks() from chatsg_app, chatsg_member;
  perform chatsg.refresh_masks();
  grant usage on schema chatsg_masked to chatsg_member;
  grant select on all tables in schema chatsg_masked to chatsg_member;
end $$;
-- Retention is a job: members neither remove nor learn what it removed.
do $$
begin
  if to_regclass('chatsg.maintenance_runs') is null then return; end if;
  revoke all on chatsg.maintenance_runs from chatsg_member;
  revoke execute on function chatsg.retention_workspace(), chatsg.retire_rows(text, timestamptz, timestamptz, integer), chatsg.retire_sessions(timestamptz, integer),
    chatsg.retention_workspaces(), chatsg.retention_known_sessions(uuid[]) from chatsg_member;
end $$;
-- Which conversations were deleted is noted by a trigger, read by each server and forgotten by retention.
do $$
begin
  if to_regclass('chatsg.deleted_sessions') is null then return; end if;
  revoke all on chatsg.deleted_sessions from chatsg_member;
  revoke insert, update on chatsg.deleted_sessions from chatsg_app;
end $$;
-- Alerts and runs of the self-test are the installation's, so members have no part in them.
do $$
begin
  if to_regclass('chatsg.self_test_runs') is null then return; end if;
  revoke all on chatsg.alerts, chatsg.alert_leaders, chatsg.self_test_runs from chatsg_member;
end $$;
commit;
