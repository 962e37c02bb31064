-- A person who was deleted owns and wrote what they did, and is not listed any more. Whoever lets them in again brings them back.
alter table users add column deleted_at timestamptz;

create function bring_person_back() returns trigger language plpgsql as $$
begin
  new.deleted_at := null;
  return new;
end $$;
create trigger bring_person_back before update of active on users for each row when (new.active and old.deleted_at is not null) execute function bring_person_back();

-- Tags that were deleted. Which records had them is in their history, at the moment of the deletion.
create table deleted_tags (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  listed boolean not null,
  deleted_at timestamptz not null,
  primary key (workspace_id, id)
);
alter table deleted_tags enable row level security;
create policy workspace on deleted_tags using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
