"""A document as PDF through LibreOffice, where it is installed: its own profile folder, a time limit, no process left behind.

A macro in that profile loads the document and takes away the gap that LibreOffice puts between digits and characters
(it does not read `w:autoSpaceDE`, which our documents switch off for Word and WPS), then writes the PDF.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from yibenzhang.kernel.errors import BookError

NAMES = ("soffice", "libreoffice")
PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
SECONDS = 120
MISSING = (
    "这台服务器没有装 LibreOffice，不能直接生成 PDF。可以在报告页用浏览器的打印，选“另存为 PDF”，版面相同；"
    "或下载 .docx，用 Word、WPS 另存为 PDF。管理员装好 LibreOffice 后这里就能用，不必改设置。"
)
# A profile that counts as set up keeps its files: at a first start LibreOffice lays its own over them.
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item '
    'oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop>'
    "</item></oor:items>\n"
)
_LIBRARY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
    '"library.dtd">\n<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Publishing"/></library:library>\n'
)
_LIBRARIES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
    '"libraries.dtd">\n<library:libraries xmlns:library="http://openoffice.org/2000/library" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" '
    'xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/></library:libraries>\n'
)
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Publishing" script:language="StarBasic">
Sub ToPdf(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = &quot;Hidden&quot; : hidden(0).Value = True
  Dim document As Object, styles As Object, index As Integer
  document = StarDesktop.loadComponentFromURL(source, &quot;_blank&quot;, 0, hidden())
  styles = document.StyleFamilies.getByName(&quot;ParagraphStyles&quot;)
  For index = 0 To styles.Count - 1
    styles.getByIndex(index).ParaIsCharacterDistance = False
  Next
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = &quot;FilterName&quot; : how(0).Value = &quot;writer_pdf_Export&quot;
  document.storeToURL(target, how())
  document.close(True)
End Sub
</script:module>
"""


class PdfStoppedError(BookError):
    """Somebody no longer wants the PDF."""


def find_office() -> str | None:
    """Where LibreOffice is, or None: the environment's YIBENZHANG_SOFFICE, the search path, then the usual places."""
    named = os.environ.get("YIBENZHANG_SOFFICE")
    if named:
        return shutil.which(named)
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in PLACES if Path(place).is_file()), None)


def pdf_of(docx: bytes, *, seconds: float = SECONDS, is_wanted: Callable[[], bool] = lambda: True) -> bytes:
    """The PDF of a .docx. `is_wanted` is asked a few times a second; once it says no, LibreOffice is ended.

    Raises BookError without LibreOffice, when it takes longer than `seconds` or gives nothing; PdfStoppedError when stopped.
    """
    office = find_office()
    if office is None:
        raise BookError(MISSING)
    with tempfile.TemporaryDirectory(prefix="yibenzhang-pdf-") as folder:
        home = Path(folder)
        source, target = home / "report.docx", home / "report.pdf"
        source.write_bytes(docx)
        _furnish(home / "profile")
        start = [
            office,
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            "--headless",
            "--norestore",
        ]
        macro = f"macro:///Standard.Publishing.ToPdf({source.as_uri()},{target.as_uri()})"
        # Once more where it failed to start; the last way is for a LibreOffice built without macros.
        for way in ([macro], [macro], ["--convert-to", "pdf", source.name]):
            _run([*start, *way], home, seconds, is_wanted)
            if target.is_file():
                return target.read_bytes()
        raise BookError("LibreOffice 没有生成 PDF。请重试；仍不行可下载 .docx，用 Word、WPS 另存为 PDF。")


def _furnish(profile: Path) -> None:
    """A profile of its own, so that a running LibreOffice of the same user is not disturbed, with the macro in it."""
    library = profile / "user" / "basic" / "Standard"
    library.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    (library.parent / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (library / "Publishing.xba").write_text(_MODULE, encoding="utf-8")


def _run(command: list[str], home: Path, seconds: float, is_wanted: Callable[[], bool]) -> None:
    """Run to the end, or end it: the whole group of processes, as soffice is only a starter."""
    process = subprocess.Popen(  # noqa: S603 - no shell, our own arguments
        command, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + seconds
    try:
        while process.poll() is None:
            if not is_wanted():
                raise PdfStoppedError("已停止生成 PDF。")
            if time.monotonic() > until:
                raise BookError(
                    f"LibreOffice 用了 {seconds:.0f} 秒还没有完成，已停止。请稍后重试，或下载 .docx。"
                )
            time.sleep(0.1)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
