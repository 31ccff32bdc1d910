"""Open the real window on a screen, look whether something is drawn, close it from the keyboard.

``python tools/window_check.py LEVELKIT WORKSPACE [PICTURE.png]``; needs a screen (xvfb-run) and xdotool.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

SECONDS = 60
# A blank or half-painted window has a handful of colours; text alone brings dozens of shades.
COLOURS = 50


def window_of(process: subprocess.Popen[bytes]) -> str:
    """Return the X id of the process's visible window, waiting for it."""
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "--name", "."]
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"Cửa sổ không mở được: chương trình đã thoát với mã {process.returncode}")
        found = subprocess.run(search, capture_output=True, text=True, check=False).stdout.split()
        if found:
            return found[-1]
        time.sleep(0.1)
    process.kill()
    sys.exit(f"Sau {SECONDS} giây chưa thấy cửa sổ")


def colours(image: QImage) -> int:
    """Return how many colours a coarse grid over the picture meets."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def main() -> None:
    """Open, look, close."""
    levelkit, workspace, *picture = sys.argv[1:]
    application = QGuiApplication(["window_check"])
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen([levelkit, workspace], stderr=messages, cwd=Path(workspace).parent)
        window = window_of(process)
        end = time.monotonic() + SECONDS
        while True:
            image = application.primaryScreen().grabWindow(0).toImage()
            if (seen := colours(image)) >= COLOURS or time.monotonic() > end:
                break
            time.sleep(0.2)
        if picture:
            image.save(picture[0])
        subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", "ctrl+q"], check=True)
        try:
            status = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            sys.exit("Ctrl+Q không đóng được cửa sổ")
        messages.seek(0)
        said = messages.read().decode()
    if seen < COLOURS or status or "Traceback" in said or "qt." in said.casefold():
        sys.exit(f"Cửa sổ có {seen} màu, mã thoát {status}, thông báo:\n{said}")
    print(f"Cửa sổ {image.width()}×{image.height()}, {seen} màu, đóng bằng Ctrl+Q")


if __name__ == "__main__":
    main()
