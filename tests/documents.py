"""Documents to hand in: a good one, and those that would act by themselves."""

import zlib


def pdf(body: bytes = b"<< /Type /Catalog >>") -> bytes:
    """Return a PDF of one object."""
    return b"%PDF-1.7\n1 0 obj\n" + body + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def with_hidden(body: bytes) -> bytes:
    """Return a PDF that keeps an object packed in a stream."""
    packed = zlib.compress(body)
    return pdf(b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream")


def with_picture(pixels: bytes) -> bytes:
    """Return a PDF with a stream that is no object: whatever its bytes say, they are only drawn."""
    return pdf(b"<< /Subtype /Image >>\nstream\n" + pixels + b"\nendstream")
