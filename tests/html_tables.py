"""Tables out of HTML with the standard parser; end tags of rows and cells may be left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class HtmlTable:
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    foot: list[str] | None = None


class Reader(HTMLParser):
    """``tables`` by id, ``tags`` and ``attributes`` met, and the text outside scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: dict[str, HtmlTable] = {}
        self.tags: dict[str, int] = {}
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self._table: HtmlTable | None = None
        self._part = ""
        self._cell: list[str] | None = None
        self._skip = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag in ("script", "style"):
            self._skip = tag
        elif tag == "table":
            self._table = self.tables[dict(attrs)["id"] or ""] = HtmlTable()
        elif tag in ("thead", "tbody", "tfoot"):
            self._close()
            self._part = tag
        elif tag in ("tr", "td", "th") and self._table is not None:
            self._close()
            if tag == "tr" and self._part == "tbody":
                self._table.rows.append([])
            elif tag == "tr" and self._part == "tfoot":
                self._table.foot = []
            elif tag != "tr":
                self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag == self._skip:
            self._skip = ""
        elif tag in ("thead", "tbody", "tfoot", "tr", "td", "th", "table"):
            self._close()
            if tag == "table":
                self._table = None

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        self.text.append(data)
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is None or self._table is None:
            return
        text = "".join(self._cell).removesuffix("\n")
        if self._part == "thead":
            self._table.head.append(text)
        elif self._part == "tbody":
            self._table.rows[-1].append(text)
        elif self._table.foot is not None:
            self._table.foot.append(text)
        self._cell = None


def read(text: str) -> Reader:
    """Everything in ``text``."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader
