import Foundation
import Postgres
import TestSupport

/// The state of our own database put by and put back, as a backup is. The telephone side stays.
extension World {
    /// Puts the state by.
    func keepBase() throws {
        try connection.command(
            """
            drop schema if exists base cascade;
            create schema base;
            do $$
            declare place record;
            begin
                for place in \(Self.stateTables) loop
                    execute format(
                        'create table base.%I as select %s from %I.%I',
                        place.schema_name || '.' || place.table_name, place.columns,
                        place.schema_name, place.table_name
                    );
                end loop;
            end $$
            """
        )
    }

    /// Puts the state back to what ``keepBase()`` put by.
    ///
    /// - Parameter isElsewhere: whether it looks as another server or timeline; otherwise only
    ///   the telephone side can tell that anything happened.
    func restoreBase(isElsewhere: Bool) throws {
        try connection.command(
            """
            do $$
            declare place record;
            begin
                -- Foreign keys are those of the base.
                set local session_replication_role = replica;
                for place in \(Self.stateTables) loop
                    execute format('delete from %I.%I', place.schema_name, place.table_name);
                    execute format(
                        'insert into %I.%I (%s) select * from base.%I', place.schema_name,
                        place.table_name, place.columns,
                        place.schema_name || '.' || place.table_name
                    );
                end loop;
            end $$
            """
        )
        if isElsewhere {
            try connection.command("update customer.epochs set database_mark = 'another'")
        }
    }

    private static let stateTables = """
        select
            relnamespace::regnamespace::text as schema_name,
            relname as table_name,
            string_agg(quote_ident(attname), ', ' order by attnum) as columns
        from pg_class
        inner join pg_attribute on attrelid = pg_class.oid
        where relkind in ('r', 'p') and not relispartition
            and relnamespace::regnamespace::text in (
                'customer', 'roster', 'calendar', 'telephony', 'audit', 'ledger'
            )
            and attnum > 0 and not attisdropped and attgenerated = ''
        group by 1, 2
        """
}
