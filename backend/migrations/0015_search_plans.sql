-- The words looked for were put into the text of a statement, which the database had to plan anew for every search: most of what a search
-- cost. A fixed text is planned once. Words in eight places, as many as a search has at most; who has fewer repeats the first, which costs
-- the index nothing. A plan made for any words must not take a walk through the table for a bargain: there are words that hardly anything has.
-- So nothing but the words is said in a way that an index could serve.
drop function search_candidates(jsonb, text[], integer);

/** @param alternatives arrays of words, as texts; a record must have a word of each */
create function search_candidates(alternatives text[], wanted_entities text[], at_most integer)
returns table (entity text, record_id uuid, label text, detail text, label_norm text, terms text[], label_words smallint)
language plpgsql stable security definer
set search_path = chatsg, pg_temp set enable_seqscan = off as $$
declare
  workspace uuid := nullif(current_setting('app.workspace', true), '')::uuid;
  -- What is hidden must not use up the candidates either: how many are left would tell of it.
  restricted boolean := current_setting('role') <> 'chatsg_app' and has_restrictions();
  w1 text[] := alternatives[1];
  w2 text[] := coalesce(alternatives[2], alternatives[1]);
  w3 text[] := coalesce(alternatives[3], alternatives[1]);
  w4 text[] := coalesce(alternatives[4], alternatives[1]);
  w5 text[] := coalesce(alternatives[5], alternatives[1]);
  w6 text[] := coalesce(alternatives[6], alternatives[1]);
  w7 text[] := coalesce(alternatives[7], alternatives[1]);
  w8 text[] := coalesce(alternatives[8], alternatives[1]);
begin
  if cardinality(alternatives) > 8 then raise exception 'A search has at most eight words.'; end if;
  return query
    select d.entity, d.record_id, d.label, d.detail, d.label_norm, d.terms, d.label_words from search_documents d
    where d.workspace_id is not distinct from workspace and array_position(wanted_entities, d.entity) is not null
      and d.terms && w1 and d.terms && w2 and d.terms && w3 and d.terms && w4 and d.terms && w5 and d.terms && w6 and d.terms && w7 and d.terms && w8
      and (not restricted
        or not exists (select 1 from hidden_records h where h.record_id = d.record_id)
          and (d.entity not in ('orders', 'tasks', 'events', 'notes', 'emails') or not is_hidden(d.entity, d.record_id)))
    limit at_most;
end $$;
revoke all on function search_candidates(text[], text[], integer) from public;
