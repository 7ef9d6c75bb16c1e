"""A mail server for the tests: takes mail, refuses addresses, or does something at the moment the mail is in."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it took in `mails`; answers an address in `answers` with that line instead of 250."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.when_taken: Callable[[], Any] = lambda: None

    @property
    def url(self) -> str:
        """Return the address for OPVANGLOKET_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def recipients(self) -> list[str]:
        """Return to whom mail came, in order."""
        return [str(mail["To"]) for mail in self.mails]


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "QUIT":
                return self._say("221 bye")
            if verb == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                self._say(self.server.answers.get(address, "250 ok"))
            elif verb == "DATA":
                self._take()
            else:
                self._say("250 ok")
        return None

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.server.when_taken()
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server for as long as the block lasts."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
