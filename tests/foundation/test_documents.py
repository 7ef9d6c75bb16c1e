"""Documents that were handed in: given out as they came, or refused with what to do."""

from io import BytesIO

import pytest
from tests.documents import pdf, with_hidden, with_picture

from opvangloket.foundation.files.documents import MOST_BYTES, DocumentRefused, checked_pdf


def check(content: bytes, name: str = "verslag.pdf") -> str:
    return checked_pdf(BytesIO(content), name=name, size=len(content)).title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Verslag overleg 3 maart.pdf", "Verslag overleg 3 maart"),
        ("../../etc/passwd.pdf", "passwd"),
        ("C:\\Mijn documenten\\agenda.PDF", "agenda"),
        ('a"\r\nSet-Cookie: x=1.pdf', "a Set-Cookie x 1"),
        (".pdf", "pdf"),
        ("", "document"),
    ],
)
def test_a_good_document_keeps_a_plain_name(name: str, title: str) -> None:
    assert check(pdf(), name) == title


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"<< /OpenAction << /S /JavaScript /JS (app.alert) >> >>"),
        pdf(b"<< /S /J#53 >>"),
        pdf(b"<< /S /Launch /F (cmd.exe) >>"),
        pdf(b"<< /EmbeddedFiles 3 0 R >>"),
        pdf(b"<< /S /SubmitForm >>"),
        pdf(b"<< /Encrypt 2 0 R >>"),
        with_hidden(b"1 0 << /S /JavaScript >>"),
    ],
)
def test_what_acts_by_itself_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefused, match="slot, script of bijlage"):
        check(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<script>alert(1)</script>", "geen PDF"),
        (b"", "geen PDF"),
        (pdf()[:-8], "geen PDF"),
        (with_hidden(b"x").replace(b"x\x9c", b"??"), "beschadigd"),
        (with_hidden(b" " * (21 * 1024 * 1024)), "te zwaar"),
        (pdf(b" " * MOST_BYTES), "te groot"),
    ],
)
def test_what_is_no_sound_document_says_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(DocumentRefused, match=words):
        check(content)


def test_what_is_only_drawn_may_say_anything() -> None:
    assert check(with_picture(b"/JS /Launch")) == "verslag"
    assert check(with_hidden(b"1 0 << /Type /Page >>")) == "verslag"
    assert check(pdf(b"<< /JSname 1 >>")) == "verslag"
