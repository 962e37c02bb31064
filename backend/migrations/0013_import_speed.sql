-- New words wait in a list before they are sorted into the index of search. A bulk load lets that list grow (gin_pending_list_limit), since
-- many are sorted in at less cost than few; searches read the list too, so whoever has loaded in bulk has it sorted in when done.
create function finish_bulk_load() returns void language plpgsql security definer set search_path = chatsg, pg_temp as $$
begin
  perform gin_clean_pending_list('search_documents_terms'::regclass);
end $$;
revoke all on function finish_bulk_load() from public;
