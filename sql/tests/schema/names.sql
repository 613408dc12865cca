-- Constraints and indexes are named for what they say.

begin;
\ir ../fixtures/schemas.sql
select plan(5);

select is_empty(
    $$ select relations.name, conname, contype
       from pg_constraint
       inner join relations on pg_constraint.conrelid = relations.oid
       where conname !~ (
           '^' || relname || case contype
               when 'p' then '_pkey$' when 'f' then '_[a-z_]+_fkey$' when 'u' then '_[a-z_]+_key$'
               when 'c' then '_[a-z_]+_check$' when 'x' then '_[a-z_]+_excl$'
               when 't' then '_[a-z_]+$'
           end
       ) $$,
    'a constraint is named for its table, for what is true and for its kind'
);
select is_empty(
    $$ select pg_class.relname
       from pg_index
       inner join relations on pg_index.indrelid = relations.oid
       inner join pg_class on pg_index.indexrelid = pg_class.oid
       left join pg_constraint on pg_index.indexrelid = pg_constraint.conindid
       where pg_constraint.oid is null
           and pg_class.relname !~ ('^' || relations.relname || '_[a-z_]+_idx$') $$,
    'an index beside them too'
);
select is_empty(
    $$ select relations.name, attname, atttypid::regtype
       from pg_attribute
       inner join relations on pg_attribute.attrelid = relations.oid
       where relkind in ('r', 'v') and attnum > 0 and not attisdropped
           and case
               when attname ~ '_at$' then atttypid not in ('timestamptz'::regtype,
               'interval'::regtype)
               when attname ~ '_date$' then atttypid <> 'date'::regtype
               when attname ~ '(^|_)during$' then atttypid <> 'tstzrange'::regtype
               when attname ~ '_count$' then atttypid not in ('integer'::regtype, 'bigint'::regtype)
               when attname ~ '^(is|has|uses|shows|lacks)_' then atttypid <> 'boolean'::regtype
               when attname ~ '_ids$' then atttypid <> 'bigint[]'::regtype
           end $$,
    'a column''s name tells its type'
);
select is_empty(
    $$ select name, attname, atttypid::regtype
       from pg_attribute
       inner join relations on pg_attribute.attrelid = relations.oid
       where attnum > 0 and atttypid in ('timestamp'::regtype, 'time'::regtype, 'timetz'::regtype,
           'money'::regtype, 'character varying'::regtype, 'character'::regtype) $$,
    'instants have their offset, and text is text'
);
select is_empty(
    $$ select name from relations
       where relkind in ('r', 'v') and relname ~ '^(v|vw|tbl|t|stg)_' $$,
    'no prefix says again what the schema says'
);

select * from finish();
rollback;
