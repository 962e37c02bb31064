-- Questions that were declined, asked back or answered wrongly, kept only for people who allow it: from them the question tables grow.

create table kept_questions (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  -- The person who asked.
  actor_id text not null,
  session_id uuid,
  -- The answer that was not right.
  message_id uuid,
  text text not null,
  -- What was asked in the conversation before it, oldest first.
  asked_before jsonb not null default '[]',
  outcome text not null check (outcome in ('declined', 'clarified', 'corrected')),
  plan jsonb,
  -- The message that repaired it.
  correction text,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index kept_questions_message on kept_questions (workspace_id, message_id);
create index kept_questions_newest on kept_questions (workspace_id, at desc, id desc);
create index kept_questions_person on kept_questions (workspace_id, actor_id, at desc, id desc);

create table kept_question_consents (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  actor_id text not null,
  consents boolean not null,
  at timestamptz not null,
  primary key (workspace_id, actor_id)
);

do $$
declare t text;
begin
  foreach t in array array['kept_questions', 'kept_question_consents'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workspace on %I using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))', t);
    execute format('create policy own on %I as restrictive to chatsg_member using (actor_id = (select nullif(current_setting(''app.user_id'', true), '''')))', t);
  end loop;
end $$;
