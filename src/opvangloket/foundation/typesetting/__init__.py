"""Tagged PDFs (PDF/UA) from a typst template and plain values; nothing is read from the system or from a network."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import typst

_PACKAGE = Path(__file__).resolve().parents[2]
_FONTS = Path(__file__).resolve().parent / "fonts"


def typeset(template: Path, values: Mapping[str, object], *, made_at: datetime) -> bytes:
    """Return the PDF of a template: the same values and moment give the same bytes.

    The template lies in this package and begins with `#import "/foundation/typesetting/house.typ": house, values`.
    `values` are what JSON can hold. Raises typst.TypstError when the template is wrong, or cannot be read aloud.
    """
    return typst.compile(
        str(template),
        root=str(_PACKAGE),
        font_paths=_house_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"values": json.dumps(values)},
        pdf_standards=["ua-1"],
        timestamp=int(made_at.astimezone(UTC).timestamp()),
    )


@lru_cache(maxsize=1)
def _house_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])
