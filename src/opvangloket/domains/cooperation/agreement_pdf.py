"""The cooperation agreement on paper: to sign with a pen, or with the signature that was given online."""

from datetime import datetime
from pathlib import Path
from typing import Final

from opvangloket.domains.cooperation.queries import OwnAgreement, Signature
from opvangloket.foundation.typesetting import typeset
from opvangloket.rules.cooperation_agreement import Part
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.wording import dutch_date

_TEMPLATE: Final = Path(__file__).resolve().parent / "agreement.typ"


def blank_pdf(
    *, desk_name: str, organiser_name: str, number: int, published_at: datetime, parts: tuple[Part, ...]
) -> bytes:
    """Return the agreement as a tagged PDF (PDF/UA) with lines to sign on."""
    return _pdf(desk_name, organiser_name or "Organisator", number, published_at, parts, ())


def own_pdf(own: OwnAgreement) -> bytes:
    """Return the agreement as it holds for an organiser, with its signature when it signed online."""
    signature = own.signature
    signed = _signed(signature, own.digest) if signature and not signature.on_paper else ()
    return _pdf(own.desk_name, own.organiser_name, own.number, own.published_at, own.parts, signed)


def _pdf(
    desk: str, organiser: str, number: int, published_at: datetime, parts: tuple[Part, ...], signed: tuple[str, ...]
) -> bytes:
    made = dutch_date(brussels_date(published_at))
    values = {
        "title": "Samenwerkingsovereenkomst",
        "desk": desk,
        "organiser": organiser,
        "standing": f"Versie {number}, {made}.",
        "foot": f"{desk}, samenwerkingsovereenkomst, versie {number}",
        "parts": [{"title": part.title, "lead": part.lead, "points": part.points} for part in parts],
        "desk_words": [f"Opgemaakt en aan alle organisatoren bezorgd op {made}."],
        "organiser_words": signed,
    }
    return typeset(_TEMPLATE, values, made_at=published_at)


def _signed(signature: Signature, digest: str) -> tuple[str, ...]:
    return (
        signature.name,
        f"Online getekend op {dutch_date(signature.signed_on)}.",
        f"Kenmerk van de tekst: {digest[:16]}",
    )
