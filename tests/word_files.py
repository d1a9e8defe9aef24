"""Word documents made for tests: python-docx writes them, and what it cannot say is written as XML."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from PIL import Image

W = nsdecls("w")
_FIELD = (
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
    '<w:fldChar w:fldCharType="separate"/>',
    '<w:t xml:space="preserve">{result}</w:t>',
    '<w:fldChar w:fldCharType="end"/>',
)
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def picture_file(colour: str = "red", format: str = "PNG") -> io.BytesIO:
    """A small picture."""
    data = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(data, format)
    data.seek(0)
    return data


class WordFile:
    """A document that a test writes, paragraph by paragraph."""

    def __init__(self) -> None:
        self.document: DocxDocument = Document()
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self.more: dict[str, bytes] = {}

    def paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        """A paragraph; a style that there is not is made."""
        if style and style not in [each.name for each in self.document.styles]:
            self.document.styles.add_style(style, 1)
        return self.document.add_paragraph(text, style)

    def heading(self, text: str, level: int = 1) -> Paragraph:
        return self.document.add_heading(text, level)

    def xml(self, paragraph: Paragraph, xml: str) -> None:
        """Append XML with Word’s names to a paragraph."""
        for each in parse_xml(f"<w:p {nsdecls('w', 'r', 'wp', 'a', 'pic')} {_MORE}>{xml}</w:p>"):
            paragraph._p.append(each)

    def element(self, xml: str) -> Any:
        """An element of XML."""
        return parse_xml(xml)

    def field(self, paragraph: Paragraph, instruction: str, result: str = "") -> None:
        for part in _FIELD:
            self.xml(paragraph, f"<w:r>{part.format(instruction=instruction, result=result)}</w:r>")

    def caption(self, label: str, number: str, text: str, style: str = "Caption", bookmark: str = "") -> Paragraph:
        """A caption as Word’s command “Insert Caption” writes it."""
        paragraph = self.paragraph("", style)
        if bookmark:
            self.xml(paragraph, f'<w:bookmarkStart w:id="7" w:name="{bookmark}"/>')
        paragraph.add_run(f"{label} ")
        self.field(paragraph, f"SEQ {label} \\* ARABIC", number)
        paragraph.add_run(text)
        return paragraph

    def picture(self, alt: str = "", colour: str = "red", paragraph: Paragraph | None = None) -> Paragraph:
        paragraph = paragraph if paragraph is not None else self.document.add_paragraph()
        paragraph.add_run().add_picture(picture_file(colour), width=Cm(6))
        if alt:
            paragraph._p.xpath(".//wp:docPr")[-1].set("descr", alt)
        return paragraph

    def note(self, paragraph: Paragraph, text: str, kind: str = "footnote") -> None:
        notes = self.footnotes if kind == "footnote" else self.endnotes
        notes.append(text)
        self.xml(paragraph, f'<w:r><w:{kind}Reference w:id="{len(notes) + 1}"/></w:r>')

    def table(self, rows: list[list[str]], style: str = "Table Grid") -> Any:
        table = self.document.add_table(len(rows), len(rows[0]), style=style)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        return table

    def save(self, file: Path, changed: Callable[[str, bytes], bytes] = lambda _, data: data) -> Path:
        """Write the document; `changed` may give each part other bytes."""
        data = io.BytesIO()
        self.document.save(data)
        more = {name: part.encode() for name, part in self._notes()} | self.more
        with zipfile.ZipFile(data) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            for name in made.namelist():
                out.writestr(name, changed(name, self._with_notes(name, made.read(name))))
            for name, part in more.items():
                out.writestr(name, part)
        return file

    def _notes(self) -> list[tuple[str, str]]:
        parts = []
        for kind, notes in (("footnote", self.footnotes), ("endnote", self.endnotes)):
            if notes:
                inside = "".join(
                    f'<w:{kind} w:id="{n}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
                    for n, text in enumerate(notes, 2)
                )
                parts.append((f"word/{kind}s.xml", f"<w:{kind}s {W}>{inside}</w:{kind}s>"))
        return parts

    def _with_notes(self, name: str, data: bytes) -> bytes:
        for part, _ in self._notes():
            kind = part[5:-4]
            if name == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="n{kind}" Type="{_NOTES}{kind}" Target="{kind}.xml"/>'
                data = data.replace(b"</Relationships>", f"{link}</Relationships>".encode())
            if name == "[Content_Types].xml":
                type = f'<Override PartName="/{part}" ContentType="{_TYPE}{kind}+xml"/>'
                data = data.replace(b"</Types>", f"{type}</Types>".encode())
        return data


_MORE = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
