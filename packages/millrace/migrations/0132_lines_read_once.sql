-- A contact's line is made from its properties parsed once, not once for each of sixteen of them: 8,200 lines in 0.3 s, 0.68 s before, of which
-- the index entries are 0.17 s.

-- ASCII's signs part words; the rest is PostgreSQL's parser's, which knows letters of all scripts whatever the database's locale is (a class
-- like [:alnum:] does not). `translate` took 15 microseconds where this takes 6.
create or replace function words_of(texts text) returns tsvector language sql immutable as
$$ select to_tsvector('simple', regexp_replace(left(texts, 3000), '[\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007F]+', ' ', 'g')) $$;

create or replace function line_of(c contacts) returns setof contact_lines language sql stable as $$
  select c.id, c.created_at, c.position, number_in(p.lead_score), left(p.lead_band, 100), left(p.lifecyclestage, 100), left(p.hubspot_owner_id, 100),
         left(coalesce(p.lead_source, p.hs_analytics_source), 100),
         words_of(concat_ws(' ', p.firstname, p.lastname, p.email, p.company, p.jobtitle, p.lead_band, p.lifecyclestage,
                  p.lead_source, p.hs_analytics_source, p.hubspot_owner_id, p.phone, p.domain))
  from json_to_record(c.properties) as p(firstname text, lastname text, email text, company text, jobtitle text, lead_score json, lead_band text,
         lifecyclestage text, lead_source text, hs_analytics_source text, hubspot_owner_id text, phone text, domain text)
  where c.facts->'erasedAt' is null and c.facts->'mergedInto' is null
$$;
