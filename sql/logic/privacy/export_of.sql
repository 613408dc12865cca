-- privacy.export_of: everything that is held about one person, as a document to hand over.

create function privacy.export_of(customer_id bigint, user_id bigint, at timestamptz)
returns text
language sql stable
as $$
    select jsonb_pretty(
        jsonb_build_object(
            'customer', persons.customer_key,
            'user', persons.user_key,
            'exported_at', export_of.at,
            'tables', (
                select jsonb_agg(
                    jsonb_build_object(
                        'table', held_about.table_name,
                        'meaning', held_about.meaning,
                        'purpose', held_about.purpose,
                        'rows', held_about.held
                    )
                    order by held_about.table_name
                )
                from privacy.held_about(export_of.customer_id, export_of.user_id)
            )
        )
    )
    from privacy.persons
    where
        persons.customer_id = export_of.customer_id and persons.user_id = export_of.user_id;
$$;
