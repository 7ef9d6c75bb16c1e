"""Limits on how often somebody may try, as token buckets: a burst at once, then one more each while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `burst` at once, and as many again over each `per`."""

    name: str
    burst: int
    per: timedelta


CODES_TO_ADDRESS = Limit("codes-to-address", 5, timedelta(minutes=30))
CODES_FOR_CLIENT = Limit("codes-for-client", 30, timedelta(minutes=30))  # a library's visitors share one address
TRIES_AT_ADDRESS = Limit("tries-at-address", 15, timedelta(minutes=30))
TRIES_OF_CLIENT = Limit("tries-of-client", 60, timedelta(minutes=30))
TRIES_OF_SECOND_FACTOR = Limit("tries-of-second-factor", 5, timedelta(minutes=15))

# One statement, so that two tries at once can never share the last token. A refused try takes nothing.
_TAKE = """
INSERT INTO accounts_tokenbucket AS bucket (name, tokens, filled_at)
VALUES (%(name)s, %(burst)s - 1, %(now)s)
ON CONFLICT (name) DO UPDATE
SET tokens = {filled} - 1, filled_at = GREATEST(bucket.filled_at, %(now)s)
WHERE {filled} >= 1
RETURNING tokens
""".format(
    filled="LEAST(%(burst)s, bucket.tokens"
    " + GREATEST(0, EXTRACT(EPOCH FROM %(now)s::timestamptz - bucket.filled_at)) * %(per_second)s)"
)


def take(limit: Limit, subject: str, *, now: datetime) -> bool:
    """Take one try for a subject (an address, a client) and return whether there was one left.

    The subject is stored as a keyed hash: this table tells nobody who tried.
    """
    name = f"{limit.name}:{salted_hmac('limits', subject, algorithm='sha256').hexdigest()}"
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE,
            {
                "name": name,
                "burst": float(limit.burst),
                "now": now,
                "per_second": limit.burst / limit.per.total_seconds(),
            },
        )
        return cursor.fetchone() is not None
