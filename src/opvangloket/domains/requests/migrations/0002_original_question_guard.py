from django.db import migrations

# Whatever code does, the original question of a family stays as it was asked (SPEC §4). Retention, which removes
# persons and not questions, does not need these columns; the owner of the tables can lift the trigger by name.
FORWARD = """
CREATE FUNCTION requests_original_question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the original question of a request never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER original_question_stays BEFORE UPDATE ON requests_carerequest FOR EACH ROW
WHEN (
    (OLD.desk_id, OLD.reference, OLD.registered_at, OLD.channel, OLD.residence_nis, OLD.start_on, OLD.end_on,
     OLD.parts, OLD.also_parts, OLD.parts_wanted, OLD.other_week_parts, OLD.hours, OLD.characteristics,
     OLD.urgent_reason, OLD.special_need, OLD.rule_set)
    IS DISTINCT FROM
    (NEW.desk_id, NEW.reference, NEW.registered_at, NEW.channel, NEW.residence_nis, NEW.start_on, NEW.end_on,
     NEW.parts, NEW.also_parts, NEW.parts_wanted, NEW.other_week_parts, NEW.hours, NEW.characteristics,
     NEW.urgent_reason, NEW.special_need, NEW.rule_set)
)
EXECUTE FUNCTION requests_original_question_stays();
"""
BACKWARD = """
DROP TRIGGER original_question_stays ON requests_carerequest;
DROP FUNCTION requests_original_question_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
