-- intake.database_mark: which database this is: the server's identifier, its timeline and the
-- database's number. A server that was restored to an instant, or took over from another, has a
-- timeline of its own at once; a dump that was read in stands in another database.

create function intake.database_mark()
returns text
language sql stable as $$
    select concat_ws(
        '/',
        (select control.system_identifier from pg_control_system() as control),
        -- The timeline is the first eight digits of a WAL file's name.
        substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),
        (select pg_database.oid from pg_database where pg_database.datname = current_database())
    );
$$;
