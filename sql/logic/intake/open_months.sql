-- intake.open_months: makes the months of the audit ahead, from that of an instant to the third
-- after it, and those of whatever has fallen into none, whose rows move there. Returns how many
-- tables it made. A month is one of UTC.
--
-- Where all are there it looks, and locks nothing. Else it waits for whoever writes, and gives way
-- where that takes long or each waits for the other: a pass goes before, and the next night is soon
-- enough. watch.near_full_months tells where it goes on.

create function intake.open_months(at timestamptz)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '500ms'
as $$
declare
    first_month timestamp := date_trunc('month', open_months.at at time zone 'UTC');
    part record;
    month timestamp;
    child text;
    opened bigint := 0;
begin
    begin
        -- Rows leave for a table that stands alone: of those tables first that refer to others.
        for part in select * from intake.audit_tables order by reference_count desc, table_name loop
            for month in execute format(
                'select date_trunc(''month'', %I at time zone ''UTC'') from audit_months.%I '
                'union select generate_series($1, $1 + interval ''3 months'', interval ''1 month'')',
                part.instant, part.strays
            ) using first_month loop
                child := part.table_name || to_char(month, '"_"YYYY"_"MM');
                continue when to_regclass('audit_months.' || quote_ident(child)) is not null;
                if opened = 0 then
                    execute (
                        select format(
                            'lock table %s in share row exclusive mode',
                            string_agg(
                                'audit.' || quote_ident(table_name), ', '
                                order by reference_count, table_name
                            )
                        )
                        from intake.audit_tables
                    );
                    continue when to_regclass('audit_months.' || quote_ident(child)) is not null;
                end if;
                execute format(
                    'create table audit_months.%I (like audit.%I including defaults '
                    'including constraints including indexes)', child, part.table_name
                );
                execute format(
                    'with strays as (delete from audit_months.%I where %I >= %L and %I < %L '
                    'returning *) insert into audit_months.%I select * from strays',
                    part.strays, part.instant, month at time zone 'UTC', part.instant,
                    (month + interval '1 month') at time zone 'UTC', child
                );
                opened := opened + 1;
            end loop;
        end loop;

        -- They join it in the other order.
        for part in
            select
                audit_tables.table_name,
                alone.relname as child,
                to_timestamp(right(alone.relname, 7), 'YYYY_MM')::timestamp as month
            from intake.audit_tables
            inner join pg_class as alone
                on alone.relname ~ ('^' || audit_tables.table_name || '_[0-9]{4}_[0-9]{2}$')
            where alone.relnamespace = 'audit_months'::regnamespace
                and alone.relkind = 'r'
                and not alone.relispartition
            order by audit_tables.reference_count, alone.relname
        loop
            execute format(
                'alter table audit.%I attach partition audit_months.%I for values from (%L) to (%L)',
                part.table_name, part.child, part.month at time zone 'UTC',
                (part.month + interval '1 month') at time zone 'UTC'
            );
        end loop;
        return opened;
    exception
        when lock_not_available or deadlock_detected then
            raise warning 'months are not opened yet: %', sqlerrm;
            return 0;
    end;
end
$$;
