"""What LibreOffice converts fetches nothing from the network."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kaohe.extractors import office, optional
from kaohe.extractors.document import Unreadable

pytestmark = pytest.mark.skipif(optional.office_program() is None, reason='LibreOffice is not installed')
_TEXT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
    '<office:body><office:text><text:p>考核细则<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}/a.png" '
    'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
    '<text:section text:name="s"><text:section-source xlink:href="{address}/b.odt" xlink:type="simple"/><text:p>旧文</text:p></text:section>'
    '</office:text></office:body></office:document-content>'
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's own name
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            """Says nothing."""

    server = HTTPServer(('127.0.0.1', 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f'http://127.0.0.1:{server.server_port}', paths
    server.shutdown()
    server.server_close()


def linked(address: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w') as package:
        package.writestr('mimetype', 'application/vnd.oasis.opendocument.text')
        package.writestr('content.xml', _TEXT.format(address=address))
        package.writestr('META-INF/manifest.xml', _MANIFEST)
    return made.getvalue()


def test_a_file_that_links_to_the_network_is_read_without_it(asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    assert '考核细则' in ''.join(office.read(linked(address)).texts())
    assert paths == []


def test_the_profile_alone_blocks_links_where_the_network_cannot_be_taken_away(
    asked: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, 'without_network', lambda: ())
    address, paths = asked
    assert '考核细则' in ''.join(office.read(linked(address)).texts())
    assert paths == []


def test_a_conversion_that_takes_too_long_is_tried_again_in_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, 'TIMEOUT_SECONDS', 0.01)
    with pytest.raises(Unreadable) as late:
        office.read(linked('http://127.0.0.1:9'))
    assert late.value.finding.code == 'worker.timeout'
