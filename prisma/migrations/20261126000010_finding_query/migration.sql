-- What the query language looks names up by: in the small tables, never in the rows of findings.

-- Names and versions of the packages of a finding, one line each between line feeds, a tab between the two; A to Z small.
create function package_words(packages jsonb) returns text language sql immutable parallel safe as $$
  select coalesce(string_agg(
    E'\n' || lower(coalesce(p ->> 'name', '') collate "C") || E'\t' || lower(coalesce(p ->> 'version', '') collate "C") || E'\n',
    ''), '')
  from jsonb_array_elements(case jsonb_typeof(packages) when 'array' then packages else '[]' end) as p
$$;
alter table finding_content add column words text not null generated always as (package_words(packages)) stored;
create index finding_content_words on finding_content using gin (words gin_trgm_ops);
-- The title in full or from its beginning.
create index finding_content_title on finding_content (lower(title collate "C"));
-- From what is said to the findings of which it is said.
create index finding_by_content on finding (content);
-- What the internet reaches: few among many, so walking along the orders of all for them would be long.
create index finding_reached on finding (status, severity_order, score_order, id) where reach = 'internet';

create function other_names(names text[]) returns text language sql immutable parallel safe as $$
  select lower(array_to_string(names, E'\n'))
$$;
create index vulnerability_other_names on vulnerability using gin (other_names(aliases) gin_trgm_ops);

create index resource_tags on resource using gin (tags);
