-- What a search found and what of it the person may see were asked one after the other, and each way to the database and back costs more than
-- the look itself. This is the second question in a form that the first can hold: it runs with the person's own rights.

-- Those of the records that the person may see and that are not deleted.
create function visible_among(of_entities text[], of_ids uuid[]) returns table (entity text, record_id uuid)
language plpgsql stable set search_path = chatsg, pg_temp as $$
declare
  workspace uuid := nullif(current_setting('app.workspace', true), '')::uuid;
  ids uuid[];
begin
  for entity, ids in select g.e, array_agg(g.i) from unnest(of_entities, of_ids) as g(e, i) group by g.e loop
    case entity
      when 'contacts' then return query select entity, t.id from contacts t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'organisations' then return query select entity, t.id from organisations t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'leads' then return query select entity, t.id from leads t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'opportunities' then return query select entity, t.id from opportunities t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'pipelines' then return query select entity, t.id from pipelines t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'products' then return query select entity, t.id from products t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'orders' then return query select entity, t.id from orders t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'tasks' then return query select entity, t.id from tasks t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'events' then return query select entity, t.id from events t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'notes' then return query select entity, t.id from notes t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      when 'emails' then return query select entity, t.id from emails t where t.workspace_id = workspace and t.id = any(ids) and t.deleted_at is null;
      else raise exception 'Search has no records of the kind %.', entity;
    end case;
  end loop;
end $$;
