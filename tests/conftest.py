"""Every test runs away from the person's own settings, screen and workspace."""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

# Before anything imports Qt or asks where settings lie; worker processes inherit it.
_HOME = tempfile.TemporaryDirectory(prefix="levelkit-tests-")
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
    os.environ[_name] = os.path.join(_HOME.name, _name.lower())  # noqa: PTH118
    os.mkdir(os.environ[_name], 0o700)  # noqa: PTH102
for _name in ("LEVELKIT_WORKSPACE", "LEVELKIT_CONFIG_DIR"):
    os.environ.pop(_name, None)

# The same examples on every run, and no deadline: a loaded machine is no failure.
settings.register_profile("levelkit", deadline=None, derandomize=True, database=None)
settings.load_profile("levelkit")
