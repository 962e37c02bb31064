-- Who may do what with the tables, stated anew at every start. Row-level security decides on which rows.
begin;
grant usage on schema chatsg to chatsg_app, chatsg_member;
grant select, insert, update, delete on all tables in schema chatsg to chatsg_app, chatsg_member;
grant usage on all sequences in schema chatsg to chatsg_app, chatsg_member;
grant execute on all functions in schema chatsg to chatsg_app, chatsg_member;
revoke insert, update, delete on schema_migrations from chatsg_app, chatsg_member;
revoke insert, delete on workspaces from chatsg_app, chatsg_member;

grant usage on schema chatsg_accounts to chatsg_accounts;
grant select, insert, update, delete on all tables in schema chatsg_accounts to chatsg_accounts;
grant usage on all sequences in schema chatsg_accounts to chatsg_accounts;
commit;
