-- Passwords, keys and tokens of other systems, encrypted before they come here; the database never sees a key.

create table secrets (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  -- What it is for, such as mail-password; part of what the ciphertext is bound to, as are workspace and name.
  purpose text not null check (purpose ~ '^[a-z][a-z0-9-]{0,59}$'),
  name text not null check (char_length(name) between 1 and 200),
  value text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- When it was last encrypted anew under another key.
  rotated_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, purpose, name)
);
alter table secrets enable row level security;
create policy workspace on secrets using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
