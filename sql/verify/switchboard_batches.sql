-- Verify kalenderkoppling:switchboard_batches on pg

select 1 / has_function_privilege(
    'kk_job', 'switchboard.apply_batch(text, bigint, timestamptz, jsonb, jsonb)', 'execute'
)::integer;
