-- What runs here and ran before; features that are switched on or off while it runs. Both are the installation's, not a workspace's.
create table deployments (
  id uuid primary key,
  version text not null,
  git_commit text,
  build_number text,
  deployed_by text,
  environment text not null,
  started_at timestamptz not null
);
create index deployments_newest on deployments (started_at desc);

create table feature_flags (
  name text primary key check (name ~ '^[A-Za-z][A-Za-z0-9_.-]{0,59}$'),
  enabled boolean not null,
  -- Share of people for whom it is on while it is enabled.
  percentage integer not null default 100 check (percentage between 0 and 100),
  -- Ids of people, workspaces, or names of roles for whom it is on whatever the share.
  targets text[] not null default '{}',
  updated_at timestamptz not null
);

create table feature_flag_changes (
  id uuid primary key,
  name text not null,
  before jsonb,
  after jsonb,
  changed_by text not null,
  changed_at timestamptz not null
);
create index feature_flag_changes_newest on feature_flag_changes (changed_at desc, id desc);
