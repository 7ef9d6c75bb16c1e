"""Dates as a file that every calendar reads (iCalendar, RFC 5545): whole days and moments, with neutral words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.http import HttpResponse

from opvangloket.rules.periods import ONE_DAY

_LONGEST_LINE: Final = 75  # octets, without the line break


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day to remember: a key that stays the same when the file is fetched again, its words, and where to look."""

    key: str
    on: date
    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMoment:
    """Something at a moment, so many minutes long."""

    key: str
    starts_at: datetime
    minutes: int
    words: str
    url: str


def calendar_file(days: Iterable[CalendarDay | CalendarMoment], *, host: str, name: str, now: datetime) -> HttpResponse:
    """Return the days and moments as a download."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Opvangloket//NL", f"X-WR-CALNAME:{_escaped(name)}"]
    for day in days:
        lines += _event(day, host, now)
    lines.append("END:VCALENDAR")
    body = "".join(f"{_folded(line)}\r\n" for line in lines)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="opvangloket.ics"'
    return response


def _event(day: CalendarDay | CalendarMoment, host: str, now: datetime) -> list[str]:
    if isinstance(day, CalendarDay):
        when = [f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}", f"DTEND;VALUE=DATE:{day.on + ONE_DAY:%Y%m%d}"]
    else:
        ends_at = day.starts_at + timedelta(minutes=day.minutes)
        when = [f"DTSTART:{_moment(day.starts_at)}", f"DTEND:{_moment(ends_at)}"]
    return [
        "BEGIN:VEVENT",
        f"UID:{day.key}@{host}",
        f"DTSTAMP:{_moment(now)}",
        *when,
        f"SUMMARY:{_escaped(day.words)}",
        f"URL:{day.url}",
        *(["TRANSP:TRANSPARENT"] if isinstance(day, CalendarDay) else []),
        "END:VEVENT",
    ]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(words: str) -> str:
    for character in "\\;,":
        words = words.replace(character, f"\\{character}")
    return " ".join(words.splitlines())


def _folded(line: str) -> str:
    """Break a line at 75 octets, never inside a character; the next line starts with a space."""
    pieces, piece = [], ""
    for character in line:
        if len(f"{piece}{character}".encode()) > _LONGEST_LINE:
            pieces.append(piece)
            piece = " "
        piece += character
    return "\r\n".join([*pieces, piece])
