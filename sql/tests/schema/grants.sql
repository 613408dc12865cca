-- Who may do what, as a matrix: nobody more than is written here.

begin;
\ir ../fixtures/schemas.sql
select plan(16);

-- What a role may do with a table or a view as a whole: s(elect), i(nsert), u(pdate), d(elete).
create function pg_temp.may(role text, relation oid)
returns text
language sql as $$
    select string_agg(left(privilege, 1), '' order by place)
    from unnest(array['select', 'insert', 'update',
    'delete']) with ordinality as known (privilege, place)
    where has_table_privilege(may.role, may.relation, privilege);
$$;

create temporary view matrix as
select
    relations.name,
    relations.schema_name,
    relations.holds,
    roles.role,
    coalesce(pg_temp.may(roles.role, relations.oid), '') as may
from relations
cross join
    (
        values ('kk_job'), ('kk_reader'), ('kk_helpdesk'), ('kk_finance'), ('kk_pbx'),
        ('kk_all_customers')
    ) as roles (role)
where relkind in ('r', 'p', 'v');

select results_eq(
    $$ select schema_name::text collate "default", string_agg(distinct may, ' ' order by may)
       from matrix where role = 'kk_job' group by 1 order by 1 $$,
    $$ values
        ('absence', 's'), ('audit', 's si'), ('billing', 's'), ('calendar', 'siud'),
        ('customer', 's si siu siud'), ('intake', 's'), ('ledger', 's'), ('privacy', 's'),
        ('roster', 'si siu siud'), ('staging', 'sid'), ('switchboard', 's siud'),
        ('telephony', 'si siud'), ('watch', 's')
    $$,
    'jobs may write state, only add to audit, and read logic'
);
select set_eq(
    $$ select name from matrix
       where role = 'kk_job' and schema_name in ('customer', 'roster') and may = 'siud' $$,
    array[
        'customer.retentions',
        'roster.preferences', 'roster.show_as_preferences', 'roster.announced_reasons',
        'roster.targets', 'roster.group_members', 'roster.memberships'
    ],
    'jobs delete what customers and users wished, and who is in a group, and nobody''s row'
);
select is_empty(
    $$ select name, attname, rolname
       from relations
       inner join pg_attribute on attrelid = relations.oid and attnum > 0
       cross join pg_roles
       where schema_name = 'audit' and relkind = 'r' and rolname ~ '^kk_'
           and rolname <> 'kk_owner'
           and has_column_privilege(rolname, relations.oid, attnum, 'update') $$,
    'what is written to audit is changed by functions of the owner alone'
);
select is_empty(
    $$ select name, grantee.rolname, privilege_type
       from relations
       inner join pg_class on relations.oid = pg_class.oid
       cross join lateral aclexplode(pg_class.relacl) as granted
       inner join pg_roles as grantee on granted.grantee = grantee.oid
       where schema_name in ('audit', 'audit_months') and grantee.rolname <> 'kk_owner'
           and privilege_type in ('DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES') $$,
    'nobody but the owner deletes from audit'
);

select set_eq(
    $$ select name, may from matrix where role = 'kk_reader' and may <> '' $$,
    $$ select name, 's' from relations
       where relkind in ('r', 'v') and (
           schema_name in ('customer', 'roster', 'watch') and relname <> 'readers'
           or schema_name = 'audit' and relname not in ('changes', 'drifts', 'load_failures')
           or name in ('calendar.cursors', 'calendar.quarantine', 'calendar.touched',
           'telephony.exchanges', 'telephony.holds', 'telephony.verified')
       ) $$,
    'readers read settings, audit and watch, and nothing of bookings'
);
select set_eq(
    $$ select name || '.' || attname from relations
       inner join pg_attribute on attrelid = relations.oid and attnum > 0
       where relkind in ('r', 'v') and attname in ('shown_text', 'subject', 'location', 'body',
       'before', 'after')
           and has_column_privilege('kk_reader', relations.oid, attnum, 'select')
           and has_schema_privilege('kk_reader', schema_name::text, 'usage') $$,
    array['watch.changes.before', 'watch.changes.after'],
    'no column with text of a booking is theirs; watch.changes has it taken out'
);
select set_eq(
    $$ select name, may from matrix where role = 'kk_helpdesk' and may <> '' $$,
    $$ values
        ('watch.changes', 's'), ('watch.drift', 's'), ('watch.explained', 's'),
        ('watch.failed_calendars', 's'), ('watch.near_misses', 's'), ('watch.on_phones', 's'),
        ('watch.outages', 's'), ('watch.quarantine', 's')
    $$,
    'the help desk reads what became of bookings, and who is away'
);
select is_empty(
    $$ select name, role, may from matrix
       where may <> '' and (
           role = 'kk_finance' and schema_name not in ('ledger', 'billing')
           or role = 'kk_all_customers'
       ) $$,
    'finance reads what is billed; to see every customer is no right to anything'
);
select set_eq(
    $$ select role, name || '.' || attname
       from matrix
       inner join pg_attribute on attrelid = name::regclass and attnum > 0 and not attisdropped
       where role in ('kk_helpdesk', 'kk_finance', 'kk_pbx', 'kk_all_customers') and may = ''
           and has_column_privilege(role, name, attnum, 'select') $$,
    $$ values
        ('kk_finance', 'customer.visible_customers.customer_id'),
        ('kk_helpdesk', 'customer.visible_customers.customer_id'),
        ('kk_helpdesk', 'roster.users.customer_id'), ('kk_helpdesk', 'roster.users.user_id'),
        ('kk_helpdesk', 'roster.users.user_key'), ('kk_helpdesk', 'roster.users.name'),
        ('kk_helpdesk', 'roster.users.extension'), ('kk_helpdesk', 'roster.users.time_zone'),
        ('kk_helpdesk', 'roster.users.language'), ('kk_helpdesk', 'roster.users.has_calendar'),
        ('kk_helpdesk', 'roster.users.has_diversion'), ('kk_helpdesk', 'roster.users.is_active'),
        ('kk_helpdesk', 'roster.users.held_from')
    $$,
    'of single columns, the help desk finds a person by name and number'
);

select set_eq(
    $$ select name, may from matrix where role = 'kk_finance' and may <> '' $$,
    $$ select name, 's' from relations
       where relkind in ('r', 'v') and (
           schema_name = 'ledger'
           or name in ('billing.contracts', 'billing.invoices', 'billing.invoice_lines',
           'billing.user_months', 'billing.unlike_lines')
       ) $$,
    'finance reads what is billed'
);
select set_eq(
    $$ select name from functions
       where schema_name = 'billing' and not has_function_privilege('kk_finance', oid, 'execute')
    $$,
    array[
        'billing.close_invoices', 'billing.correct_user_days', 'billing.count_user_days',
        'billing.take_in_contract'
    ],
    'and may not write it'
);

select set_eq(
    $$ select name, may from matrix where role = 'kk_pbx' and may <> '' $$,
    $$ values ('switchboard.in_force', 's') $$,
    'a telephone system reads what is in force, and nothing else'
);
select set_eq(
    $$ select name from functions
       where has_function_privilege('kk_pbx', oid, 'execute')
           and has_schema_privilege('kk_pbx', schema_name::text, 'usage')
           and prorettype <> 'trigger'::regtype $$,
    array[
        'switchboard.absence_route', 'switchboard.call_route', 'switchboard.feature_code'
    ],
    'and may ask for one extension, and hand on what was dialled'
);

select results_eq(
    $$ select role, array_agg(schema_name::text collate "default" order by schema_name)
       from schemas
       cross join (select distinct role from matrix) as roles
       where has_schema_privilege(role, schema_name::text, 'usage')
       group by role order by role $$,
    $$ values
        ('kk_finance', '{billing,customer,ledger}'::text[]),
        ('kk_helpdesk', '{customer,roster,watch}'),
        ('kk_job',
        '{absence,audit,billing,calendar,customer,intake,ledger,privacy,roster,staging,switchboard,'
        'telephony,watch}'),
        ('kk_pbx', '{switchboard}'),
        ('kk_reader', '{audit,calendar,customer,roster,telephony,watch}')
    $$,
    'each role enters the schemas that it needs'
);
select is_empty(
    $$ select schema_name, role from schemas
       cross join (select distinct role from matrix) as roles
       where has_schema_privilege(role, schema_name::text, 'create') $$,
    'nobody but the owner creates'
);
select is_empty(
    $$ select name, rolname from relations
       inner join pg_class on relations.oid = pg_class.oid
       inner join pg_roles on relowner = pg_roles.oid
       where rolname <> 'kk_owner' $$,
    'everything has one owner'
);

select * from finish();
rollback;
