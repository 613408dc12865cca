-- intake.close_months: drops the months of the audit in which nothing is left, of those that every
-- customer has done with at an instant. Returns how many tables it dropped.
--
-- A month in which anything is left stays, whosoever it is. It gives way as intake.open_months.

create function intake.close_months(at timestamptz)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '500ms'
as $$
declare
    part record;
    is_left boolean;
    closed bigint := 0;
begin
    begin
        for part in
            select
                audit_months.table_name,
                audit_months.month_name
            from intake.audit_months
            where (audit_months.month + interval '1 month') at time zone 'UTC' <= (
                select
                    least(close_months.at, clock_timestamp())
                    - make_interval(months => max(retentions.months))
                from intake.retentions
                where retentions.purpose = 'audit'
            )
            order by audit_months.reference_count desc, audit_months.month
        loop
            execute format('select exists (select from audit_months.%I)', part.month_name) into is_left;
            continue when is_left;
            execute format(
                'alter table audit.%I detach partition audit_months.%I', part.table_name, part.month_name
            );
            execute format('drop table audit_months.%I', part.month_name);
            closed := closed + 1;
        end loop;
        return closed;
    exception
        when lock_not_available or deadlock_detected then
            raise warning 'months are not closed yet: %', sqlerrm;
            return 0;
    end;
end
$$;
