-- Accounts stand apart from workspaces: an account is a person with an e-mail address, who may be a member of several. Only the
-- login role of accounts reads them; column names are better-auth's in snake case.
create table chatsg_accounts."user" (
  id text primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- The cookie carries the token with a signature under SESSION_SECRET, so this table alone opens nothing.
create table chatsg_accounts.session (
  id text primary key,
  user_id text not null references chatsg_accounts."user" (id) on delete cascade,
  token text not null unique,
  active_workspace_id uuid,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);
create index session_of_user on chatsg_accounts.session (user_id);
create index session_expiry on chatsg_accounts.session (expires_at);

-- A way of signing in: the password (provider `credential`) or an outside provider.
create table chatsg_accounts.account (
  id text primary key,
  user_id text not null references chatsg_accounts."user" (id) on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index account_user on chatsg_accounts.account (user_id);

-- Short-lived values: password resets, second factors that are awaited, states of a redirect to a provider.
create table chatsg_accounts.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on chatsg_accounts.verification (identifier);
create index verification_expiry on chatsg_accounts.verification (expires_at);

-- `secret` and `backup_codes` are ciphertext under ENCRYPTION_KEY.
create table chatsg_accounts.two_factor (
  id text primary key,
  user_id text not null unique references chatsg_accounts."user" (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);

-- A code of an authenticator app works once (RFC 6238, section 5.2).
create table chatsg_accounts.used_code (
  account_id text not null references chatsg_accounts."user" (id) on delete cascade,
  code_hash text not null,
  used_at timestamptz not null default now(),
  primary key (account_id, code_hash)
);

-- Who an account is in a workspace; role and whether they are active stand in chatsg.users, which this login cannot read.
create table chatsg_accounts.membership (
  account_id text not null references chatsg_accounts."user" (id) on delete cascade,
  workspace_id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz,
  primary key (account_id, workspace_id),
  unique (workspace_id, user_id)
);

drop table web_sessions;

create table api_keys (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  -- Named like the column of sign_in_links: the hash that whoever holds the token proves.
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  prefix text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, user_id) references users (workspace_id, id) on delete cascade
);
create index api_keys_user on api_keys (workspace_id, user_id);

create table invitations (
  workspace_id uuid not null references workspaces (id) on delete cascade,
  id uuid not null,
  email text not null,
  -- Lets somebody whom a provider vouches for find what they were invited to, before anybody is known.
  email_hash text not null check (email_hash ~ '^[0-9a-f]{64}$'),
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  role text not null check (role in ('owner', 'admin', 'manager', 'rep', 'viewer')),
  team_id uuid,
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Only a link that came by mail proves whose address it is.
  mailed_at timestamptz,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, invited_by) references users (workspace_id, id) on delete cascade
);
create index invitations_email on invitations (email_hash);

alter table api_keys enable row level security;
alter table invitations enable row level security;
create policy workspace_or_token on api_keys using (
  workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid)
  or token_hash = (select nullif(current_setting('app.token_hash', true), '')));
create policy workspace_or_token on invitations using (
  workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid)
  or (select nullif(current_setting('app.token_hash', true), '')) in (token_hash, email_hash));
-- Whoever does not look after the workspace sees their own keys alone.
create policy own on api_keys as restrictive for all to chatsg_member
  using (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid));
