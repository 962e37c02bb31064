-- Conversations that are gone, whoever removed them: every server has transcripts in a folder of its own, and takes these out of it.
create table deleted_sessions (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  session_id uuid not null,
  -- The database's time, so that the clocks of several servers need not agree.
  deleted_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, session_id)
);
create index deleted_sessions_at on deleted_sessions (workspace_id, deleted_at);
alter table deleted_sessions enable row level security;
create policy workspace on deleted_sessions using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));

create function note_deleted_session() returns trigger language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  -- Where the workspace itself goes, nothing is left to note it in.
  insert into deleted_sessions (workspace_id, session_id)
    select old.workspace_id, old.id where exists (select from workspaces where id = old.workspace_id)
  on conflict (workspace_id, session_id) do update set deleted_at = excluded.deleted_at;
  return null;
end $$;
revoke all on function note_deleted_session() from public;
create trigger note_deleted_session after delete on chat_sessions for each row execute function note_deleted_session();
