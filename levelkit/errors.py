"""Errors, split by blame.

::

    LevelkitError
    ├── UserError            bad input: shown in Vietnamese, the command line exits with 2
    │   ├── FactsError       a facts file or a fact value
    │   ├── RulesetError     a ruleset or a ruleset package
    │   ├── FormError        a form file
    │   ├── WorkspaceError   a workspace file
    │   │   ├── WorkspaceMissing
    │   │   ├── WorkspaceExists
    │   │   ├── WorkspaceNewer
    │   │   ├── WorkspaceReadOnly
    │   │   └── WorkspaceConflict
    │   │       └── WorkspaceMoved
    │   ├── SystemMissing    no system with that code
    │   ├── ImportFileError  a sheet that cannot be read at all
    │   └── RenderError      a document that cannot be made
    └── Cancelled            the person stopped long work

Everything else is a bug: exit 3, with a report file free of personal data.
"""


class LevelkitError(Exception):
    """Root of what levelkit raises on purpose."""


class UserError(LevelkitError):
    """Bad input: what, where, which rule and how to mend it, in Vietnamese."""


class FactsError(UserError):
    """A facts file, or one of its values, cannot be taken."""


class RulesetError(UserError):
    """A ruleset or ruleset package is broken or altered."""


class FormError(UserError):
    """A form file is broken."""


class WorkspaceError(UserError):
    """A workspace cannot be used."""


class WorkspaceMissing(WorkspaceError):
    """The workspace does not exist."""


class WorkspaceExists(WorkspaceError):
    """The workspace exists already and is not overwritten."""


class WorkspaceNewer(WorkspaceError):
    """The workspace was written by a newer version."""


class WorkspaceReadOnly(WorkspaceError):
    """The workspace is open elsewhere, or the place cannot be written."""


class WorkspaceConflict(WorkspaceError):
    """Somebody else has changed the same answer or record meanwhile, ``clashes`` says what, who and when."""

    def __init__(self, message: str, clashes: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.clashes = clashes


class WorkspaceMoved(WorkspaceConflict):
    """Somebody else has changed other answers meanwhile: read them, then write again."""


class SystemMissing(UserError):
    """No system has that code."""


class ImportFileError(UserError):
    """A sheet cannot be read at all."""


class RenderError(UserError):
    """A document cannot be made."""


class Cancelled(LevelkitError):
    """The person stopped long work."""
