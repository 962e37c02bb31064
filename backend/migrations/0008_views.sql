-- Saved views: a query under a name. Shared ones are everyone's to read, the others their owner's alone, administrators included.
create table views (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  owner_id uuid not null,
  name text not null,
  entity text not null,
  query jsonb not null,
  shared boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references users (workspace_id, id) on delete cascade
);
create index views_owner on views (workspace_id, owner_id);
create index views_shared on views (workspace_id, entity) where shared;

do $$
declare
  me constant text := $sql$(select nullif(current_setting('app.user_id', true), '')::uuid)$sql$;
begin
  alter table views enable row level security;
  execute $sql$create policy workspace on views using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))$sql$;
  execute format('create policy seen on views as restrictive for select using (shared or owner_id = %s)', me);
  execute format('create policy made on views as restrictive for insert with check (owner_id = %s)', me);
  execute format('create policy changed on views as restrictive for update using (owner_id = %s)', me);
  -- Who looks after the workspace may take away what is shared, for example of a person who has left.
  execute format('create policy removed on views as restrictive for delete to chatsg_member using (owner_id = %s)', me);
  execute format('create policy removed_by_app on views as restrictive for delete to chatsg_app using (shared or owner_id = %s)', me);
end $$;
