-- billing.rounded: an amount, exact to the øre. Half an øre goes away from zero, so that a credit
-- is what was charged; or to the even one.

create function billing.rounded(amount numeric, rounding text)
returns numeric
language sql immutable
as $$
    select
        case
            when
                rounded.rounding = 'half_even'
                and abs(100 * rounded.amount) % 1 = 0.5
                then 2 * round(100 * rounded.amount / 2) / 100
            else round(rounded.amount, 2)
        end;
$$;
