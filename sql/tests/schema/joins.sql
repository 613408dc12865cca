-- Joins, windows and groups between what a customer owns carry the customer (principle 11).
--
-- A check of the text as PostgreSQL has it: it finds what was forgotten, not what is wrong.

begin;
\ir ../fixtures/schemas.sql
select plan(3);

-- One row per join in a view: pretty-printed, each stands on a line of its own.
create temporary view conditions as
select
    relations.name,
    condition[1] as condition
from relations
cross join
    lateral regexp_matches(
        pg_get_viewdef(relations.oid, true),
        ' JOIN (?:customer|roster|calendar|telephony|audit|staging|absence|intake|ledger|billing)'
        '\.[^\n]* ON ([^\n]*)',
        'g'
    ) as matched (condition)
where relations.holds = 'logic' and relations.relkind = 'v';

select cmp_ok(count(*), '>', 30::bigint, 'joins are found at all') from conditions;
select is_empty(
    $$ select * from conditions where condition !~ 'customer_id' $$,
    'every join of a view carries the customer'
);

-- One row per window.
create temporary view windows as
select
    relations.name,
    partition[1] as partition
from relations
cross join
    lateral regexp_matches(
        pg_get_viewdef(relations.oid, false), 'PARTITION BY ([^\n]*?)(?: ORDER BY|\))', 'g'
    ) as matched (partition)
where relations.holds = 'logic' and relations.relkind = 'v';

select is_empty(
    $$ select * from windows where partition !~ 'customer_id, [a-z_.]*user_id' $$,
    'every window of a view is of one customer''s user'
);

select * from finish();
rollback;
