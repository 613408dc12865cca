-- Kalender Push for MBN: every appointment, refined by codes after an ampersand (domain S3).
-- Every key of the rules with its value, then the reasons with the telephone side's own codes.

begin;
set local role kk_owner;

insert into customer.templates (system, rules) values (
    'kalender-push',
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
            {"code": "Ikf", "reason": "do_not_disturb"},
            {"code": "Ikke Forstyrr", "reason": "do_not_disturb"},
            {"code": "Gåt", "reason": "gone_for_the_day"},
            {"code": "Gått for dagen", "reason": "gone_for_the_day"},
            {"code": "Eks", "reason": "external_meeting"},
            {"code": "Ekstern avtale", "reason": "external_meeting"},
            {"code": "Møt", "reason": "meeting"},
            {"code": "Møte", "reason": "meeting"},
            {"code": "For", "reason": "business_trip"},
            {"code": "Forretningsreise", "reason": "business_trip"},
            {"code": "Ute", "reason": "lunch"},
            {"code": "Ute til lunch", "reason": "lunch"},
            {"code": "Ferie", "reason": "vacation"},
            {"code": "Ikt", "reason": "unavailable"},
            {"code": "Ikke tilgjengelig", "reason": "unavailable"},
            {"code": "Sna", "reason": "back_soon"},
            {"code": "Snart tilbake", "reason": "back_soon"},
            {"code": "Syk", "reason": "sick"},
            {"code": "Per", "reason": "leave", "doubtful": true},
            {"code": "Permisjon", "reason": "leave"}
        ],
        "grammars": {
            "kalender-push": {
                "stands": "anywhere",
                "lead": "&",
                "sign": "before",
                "signs": {"+": "direct", "-": "information"},
                "then": "word_end"
            }
        },
        "forwarding": false,
        "default_kind": "information",
        "sync": "codes_first",
        "show_as": {
            "busy": {},
            "out_of_office": {},
            "tentative": {},
            "working_elsewhere": "skip",
            "free": "skip"
        },
        "private": "never",
        "all_day": "office_hours",
        "office_hours": {
            "mon": "08:00-16:00",
            "tue": "08:00-16:00",
            "wed": "08:00-16:00",
            "thu": "08:00-16:00",
            "fri": "08:00-16:00"
        },
        "text_chosen_by": "administrator",
        "user_rules": false,
        "diversion_service_required": false,
        "enabled_by_default": false
    }'
)
on conflict (system) do update set rules = excluded.rules;

insert into customer.template_reasons
(system, reason, phone_code, label_sv, label_no, label_en)
values
('kalender-push', 'meeting', 'Møte', 'Möte', 'Møte', 'Meeting'),
(
    'kalender-push', 'external_meeting', 'Eksternt Møte', 'Externt möte', 'Ekstern avtale',
    'External meeting'
),
('kalender-push', 'errand', null, 'Tjänsteärende', 'Tjenesteærend', 'Errand'),
('kalender-push', 'business_trip', 'Jobbreise', 'Tjänsteresa', 'Forretningsreise', 'Business trip'),
('kalender-push', 'course', null, 'Kurs', 'Kurs', 'Course'),
('kalender-push', 'lunch', 'Lunch', 'Lunch', 'Lunsj', 'Lunch'),
('kalender-push', 'back_soon', 'Pause', 'Strax tillbaka', 'Snart tilbake', 'Back soon'),
('kalender-push', 'busy', null, 'Upptagen', 'Opptatt', 'Busy'),
('kalender-push', 'do_not_disturb', 'Ikke Forstyrr', 'Stör ej', 'Ikke forstyrr', 'Do not disturb'),
('kalender-push', 'unavailable', 'Opptatt', 'Ej tillgänglig', 'Ikke tilgjengelig', 'Unavailable'),
(
    'kalender-push', 'gone_for_the_day', 'Fri', 'Gått för dagen', 'Gått for dagen',
    'Gone for the day'
),
('kalender-push', 'time_off', null, 'Ledig', 'Fri', 'Time off'),
('kalender-push', 'vacation', 'Ferie', 'Semester', 'Ferie', 'Vacation'),
('kalender-push', 'leave', 'Permisjon', 'Tjänstledig', 'Permisjon', 'Leave'),
('kalender-push', 'sick', 'Syk', 'Sjuk', 'Syk', 'Sick'),
('kalender-push', 'sick_child', null, 'Vård av barn', 'Sykt barn', 'Sick child'),
('kalender-push', 'away', null, 'Frånvarande', 'Fraværende', 'Away')
on conflict (system, reason) do update set
    phone_code = excluded.phone_code,
    label_sv = excluded.label_sv,
    label_no = excluded.label_no,
    label_en = excluded.label_en;

commit;
