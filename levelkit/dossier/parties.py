"""Dossier: who issues a document and to whom it goes. Implements Đ4.3, Đ5.2–5.3, Đ18, Đ19."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levelkit.domain.proposal import Role
    from levelkit.dossier.answers import Answers
    from levelkit.dossier.manifest import Manifest


@dataclass(frozen=True)
class Body:
    """An organisation as a header shows it: name, the one above it, its letters in a number line."""

    name: str | None
    parent: str | None = None
    code: str | None = None
    position: str | None = None


class Parties:
    """The bodies of one dossier by their role."""

    def __init__(self, answers: Answers, words: Manifest, level: int | None, *, listed: bool = False) -> None:
        self._answers = answers
        self._words = words
        self._ministry_appraises = listed or (level is not None and level >= 4)
        text = answers.text
        self.owner_name = text("owner.name")
        self.operator_name = text("operator.name")
        self.security_name = text("security.name")

    @property
    def approver(self) -> str | None:
        """Who acts as the owner: the authorised organisation if there is one (Đ4.3), else the owner."""
        return self._delegate() or self.owner_name

    @property
    def appraiser(self) -> str | None:
        """Who appraises: the security unit or whom Đ18.4 names; from level 4, or listed, the ministry."""
        answers = self._answers
        if self._ministry_appraises:
            return self.ministry
        if answers.flag("security.also_operates"):
            return answers.text("security.appraiser_name")
        return self.security_name

    @property
    def ministry(self) -> str:
        """Who leads the appraisal of levels 4 and 5 and of listed systems (Đ18.3.a–c, Đ20.4)."""
        ministries = self._words.ministries
        return ministries[self._answers.text("owner.ministry") or "none"]

    @property
    def outside_operator(self) -> bool:
        """A company operates the hired system under a contract (Đ5.3.a–b): not a unit of the owner."""
        basis = self._answers.text("operator.hired_basis")
        name = (self.operator_name or "").casefold()
        company = name.startswith(self._words.company_words)
        return bool(self._answers.flag("operator.hired")) and basis in {"contract", "handover"} and company

    def body(self, role: Role) -> Body:
        """Return the body that has a role."""
        if role == "owner":
            return self._owner()
        if role == "operator":
            return self._unit("operator", self.operator_name, outside=self.outside_operator)
        if role == "security_unit":
            return self._unit("security", self.security_name, outside=False)
        if role == "investor":
            return self._investor()
        if role == "ministry":
            return Body(self.ministry)
        return Body(self.appraiser)

    def _delegate(self) -> str | None:
        return self._answers.text("delegate.name") if self._answers.flag("delegate.used") else None

    def _owner(self) -> Body:
        text = self._answers.text
        delegate = self._delegate()
        if delegate:
            return Body(delegate, parent=self.owner_name, code=self._known_code(delegate))
        return Body(
            self.owner_name,
            parent=text("owner.parent_name"),
            code=text("owner.short_code"),
            position=text("owner.position"),
        )

    def _unit(self, prefix: str, name: str | None, *, outside: bool) -> Body:
        text = self._answers.text
        same = name is not None and name == self.owner_name
        parent = text("owner.parent_name") if same else self.owner_name
        return Body(
            name,
            parent=None if outside else parent,
            code=text(f"{prefix}.short_code"),
            position=text(f"{prefix}.position"),
        )

    def _investor(self) -> Body:
        name = self._answers.text("project.investor")
        if name is None or name == self.operator_name:
            return self.body("operator")
        if name == self.owner_name:
            return self._owner()
        return Body(name, parent=self.owner_name, code=self._known_code(name))

    def _known_code(self, name: str) -> str | None:
        text = self._answers.text
        for prefix in ("owner", "operator", "security"):
            if text(f"{prefix}.name") == name:
                return text(f"{prefix}.short_code")
        return None
