-- What is asked of big tables most: where people are, what was won or lost, what deals are worth and when they close.
-- Partial, so that counting needs nothing but the index.
create index contacts_city on contacts (workspace_id, city) where deleted_at is null;
create index contacts_state on contacts (workspace_id, state) where deleted_at is null;
create index contacts_country on contacts (workspace_id, country) where deleted_at is null;
create index organisations_city on organisations (workspace_id, city) where deleted_at is null;
create index opportunities_value on opportunities (workspace_id, state, currency, value) where deleted_at is null;
create index opportunities_closed on opportunities (workspace_id, actual_close_date) where deleted_at is null and actual_close_date is not null;
create index opportunities_forecast on opportunities (workspace_id, forecast_close_date) where deleted_at is null and state = 'open';
