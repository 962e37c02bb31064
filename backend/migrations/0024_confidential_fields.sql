-- Fields that no prompt of a language model may hold, and whether people are masked before one sees them.
create table confidential_fields (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  entity text not null,
  field text not null,
  created_at timestamptz not null,
  primary key (workspace_id, entity, field)
);

do $$
begin
  alter table confidential_fields enable row level security;
  execute $sql$create policy workspace on confidential_fields using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))$sql$;
end $$;
