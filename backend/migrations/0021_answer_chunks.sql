-- Answers that stream: what was said so far, kept while they are being made, so that any process can go on telling it; and
-- conversations with branches, which editing a question or asking for another answer makes.

create table answer_chunks (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  message_id uuid not null,
  sequence integer not null,
  -- Chunks of the stream in order.
  chunks jsonb not null,
  primary key (workspace_id, message_id, sequence),
  foreign key (workspace_id, message_id) references chat_messages (workspace_id, id) on delete cascade
);
alter table answer_chunks enable row level security;
create policy workspace on answer_chunks using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));

alter table chat_messages
  -- The message before it; null begins the conversation.
  add column parent_id uuid,
  -- Until when the process that makes the answer is known to live, by this database's clock; it is put off while it does.
  add column held_until timestamptz,
  -- Somebody asked another process than the one that makes it to end it.
  add column stop_requested boolean not null default false;
create index chat_messages_running on chat_messages (workspace_id, session_id) where status = 'running';

-- The last message of the branch that is shown and goes on.
alter table chat_sessions add column leaf_id uuid;

update chat_messages m set parent_id = before.id
from (select workspace_id, id as message_id, lag(id) over (partition by workspace_id, session_id order by sequence) as id from chat_messages) before
where before.workspace_id = m.workspace_id and before.message_id = m.id and before.id is not null;
update chat_sessions s set leaf_id = (
  select m.id from chat_messages m where m.workspace_id = s.workspace_id and m.session_id = s.id order by m.sequence desc limit 1);

/** Workspaces with answers that nobody makes any more, for whoever ends them. */
create function interrupted_answer_workspaces() returns setof uuid language sql stable security definer set search_path = chatsg, pg_temp as $$
  select distinct workspace_id from chat_messages where status = 'running' and (held_until is null or held_until < clock_timestamp())
$$;
revoke all on function interrupted_answer_workspaces() from public;
