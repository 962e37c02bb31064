-- Programs that speak OpenAI's protocol send a conversation whole each time; what was said so far leads to the session it belongs to.
create table door_threads (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  actor_id text not null,
  -- SHA-256 of the conversation up to the last answer.
  key text not null,
  session_id uuid not null,
  created_at timestamptz not null,
  primary key (workspace_id, actor_id, key),
  foreign key (workspace_id, session_id) references chat_sessions (workspace_id, id) on delete cascade
);
create index door_threads_session on door_threads (workspace_id, session_id);

alter table door_threads enable row level security;
create policy workspace on door_threads using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
create policy own on door_threads as restrictive to chatsg_member using (actor_id = (select nullif(current_setting('app.user_id', true), '')));
