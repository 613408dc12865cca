-- Mitel CMG-Web: everybody, prefixes first in the subject, users choose (domain S4).
-- Every key of the rules with its value, then the reasons with the telephone side's own codes.

begin;
set local role kk_owner;

insert into customer.templates (system, rules) values (
    'cmg',
    '{
        "office_hours_only": false,
        "holidays": [],
        "merge_gap": null,
        "text": [],
        "announce_as": {},
        "return_time": "absence_end",
        "ring_seconds": 15,
        "days_ahead": 30,
        "default_reason": "meeting",
        "codes": [
            {"code": "NP/L:", "reason": "lunch"},
            {"code": "NP/GF:", "reason": "gone_for_the_day"},
            {"code": "NP/T:", "reason": "errand"},
            {"code": "NP/M:", "reason": "meeting"},
            {"code": "NP/TR:", "reason": "business_trip"},
            {"code": "NP/K:", "reason": "course"},
            {"code": "NP/S:", "reason": "vacation"},
            {"code": "NP/VAB:", "reason": "sick_child"},
            {"code": "NP/TF:", "reason": "busy"},
            {"code": "NP/Sj:", "reason": "sick"}
        ],
        "grammars": {
            "cmg": {
                "stands": "first",
                "lead": "",
                "sign": "none",
                "signs": {},
                "then": "space",
                "kind": "direct"
            }
        },
        "forwarding": null,
        "default_kind": "direct",
        "sync": "codes_first",
        "show_as": {
            "busy": {},
            "out_of_office": {},
            "working_elsewhere": {},
            "tentative": "skip",
            "free": "skip"
        },
        "private": "user_choice",
        "all_day": "whole_day",
        "office_hours": {
            "mon": "08:00-17:00",
            "tue": "08:00-17:00",
            "wed": "08:00-17:00",
            "thu": "08:00-17:00",
            "fri": "08:00-17:00"
        },
        "text_chosen_by": "user",
        "user_rules": true,
        "diversion_service_required": false,
        "enabled_by_default": true
    }'
)
on conflict (system) do update set rules = excluded.rules;

insert into customer.template_reasons
(system, reason, phone_code, label_sv, label_no, label_en)
values
('cmg', 'meeting', '3', 'Möte', 'Møte', 'Meeting'),
('cmg', 'external_meeting', null, 'Externt möte', 'Ekstern avtale', 'External meeting'),
('cmg', 'errand', '2', 'Tjänsteärende', 'Tjenesteærend', 'Errand'),
('cmg', 'business_trip', '4', 'Tjänsteresa', 'Forretningsreise', 'Business trip'),
('cmg', 'course', '5', 'Kurs', 'Kurs', 'Course'),
('cmg', 'lunch', '0', 'Lunch', 'Lunsj', 'Lunch'),
('cmg', 'back_soon', null, 'Strax tillbaka', 'Snart tilbake', 'Back soon'),
('cmg', 'busy', '8', 'Upptagen', 'Opptatt', 'Busy'),
('cmg', 'do_not_disturb', null, 'Stör ej', 'Ikke forstyrr', 'Do not disturb'),
('cmg', 'unavailable', null, 'Ej tillgänglig', 'Ikke tilgjengelig', 'Unavailable'),
('cmg', 'gone_for_the_day', '1', 'Gått för dagen', 'Gått for dagen', 'Gone for the day'),
('cmg', 'time_off', null, 'Ledig', 'Fri', 'Time off'),
('cmg', 'vacation', '6', 'Semester', 'Ferie', 'Vacation'),
('cmg', 'leave', null, 'Tjänstledig', 'Permisjon', 'Leave'),
('cmg', 'sick', '9', 'Sjuk', 'Syk', 'Sick'),
('cmg', 'sick_child', '7', 'Vård av barn', 'Sykt barn', 'Sick child'),
('cmg', 'away', null, 'Frånvarande', 'Fraværende', 'Away')
on conflict (system, reason) do update set
    phone_code = excluded.phone_code,
    label_sv = excluded.label_sv,
    label_no = excluded.label_no,
    label_en = excluded.label_en;

commit;
