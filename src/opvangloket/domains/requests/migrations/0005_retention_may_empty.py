from django.db import migrations

# The original question still never changes, but for one thing: once its report is long filed, retention empties the
# characteristics and the special need. Only the owner of the tables may, and only to empty them.
FORWARD = """
CREATE OR REPLACE FUNCTION requests_original_question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)
        AND NEW.characteristics IN (OLD.characteristics, '{}')
        AND NEW.special_need IN (OLD.special_need, false)
        AND (OLD.desk_id, OLD.reference, OLD.registered_at, OLD.channel, OLD.residence_nis, OLD.start_on, OLD.end_on,
             OLD.parts, OLD.also_parts, OLD.parts_wanted, OLD.other_week_parts, OLD.hours, OLD.urgent_reason,
             OLD.rule_set)
            IS NOT DISTINCT FROM
            (NEW.desk_id, NEW.reference, NEW.registered_at, NEW.channel, NEW.residence_nis, NEW.start_on, NEW.end_on,
             NEW.parts, NEW.also_parts, NEW.parts_wanted, NEW.other_week_parts, NEW.hours, NEW.urgent_reason,
             NEW.rule_set)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the original question of a request never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION requests_original_question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the original question of a request never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("requests", "0004_location_preference")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
