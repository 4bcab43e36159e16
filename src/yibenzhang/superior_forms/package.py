"""The parts of an Office file, rewritten one by one: what is not replaced is copied byte for byte."""

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

from yibenzhang.superior_forms.gate import FormFileError

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT_TYPES = "[Content_Types].xml"
LARGEST_PART = 20 * 1024 * 1024
BROKEN = "文件打不开，可能已损坏。请用 Office 或 WPS 另存后再上传。"


class Package:
    """An Office file held in memory. `parse` reads a part, `put` replaces one, `packed` writes the file again."""

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._entries = archive.infolist()
                self.parts = {entry.filename: archive.read(entry) for entry in self._entries}
        except (zipfile.BadZipFile, RuntimeError, ValueError, EOFError) as error:
            raise FormFileError(BROKEN) from error

    def parse(self, name: str) -> Any:
        """The tree of a part. Raises FormFileError when it is missing, too large or no XML."""
        part = self.parts.get(name)
        if part is None:
            raise FormFileError(BROKEN)
        if len(part) > LARGEST_PART:
            raise FormFileError("表格内容过大，请删去多余的行和格式，或拆成几张表。")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(part, parser)
        except etree.XMLSyntaxError as error:
            raise FormFileError(BROKEN) from error

    def put(self, name: str, tree: Any) -> None:
        """Replace or add a part."""
        self.parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    def relations(self, name: str) -> Any:
        """The relationships of a part; an empty list when it has none."""
        path = relations_of(name)
        return self.parse(path) if path in self.parts else etree.Element(f"{{{RELATIONS}}}Relationships")

    def related(self, name: str, kind: str) -> list[str]:
        """Names of the parts that a part refers to by a type of relationship (its last word)."""
        found = [each for each in self.relations(name) if (each.get("Type") or "").rsplit("/", 1)[-1] == kind]
        return [target_of(name, each.get("Target", "")) for each in found]

    def packed(self) -> bytes:
        """The file again: the same entries in the same order, new parts at the end."""
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in self._entries:
                archive.writestr(entry, self.parts[entry.filename], compress_type=entry.compress_type)
            known = {entry.filename for entry in self._entries}
            for name in self.parts:
                if name not in known:
                    archive.writestr(zipfile.ZipInfo(name), self.parts[name], zipfile.ZIP_DEFLATED)
        return kept.getvalue()


def relations_of(name: str) -> str:
    """Where the relationships of a part are kept."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def target_of(name: str, target: str) -> str:
    """A relationship's target as the name of a part."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
