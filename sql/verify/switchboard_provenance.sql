-- Verify kalenderkoppling:switchboard_provenance on pg

select 1 / (
    pg_get_functiondef(
        'switchboard.apply_batch(text, bigint, timestamptz, jsonb, jsonb)'::regprocedure
    ) like '%set_by = ''kalenderkoppling'',%'
)::integer;
