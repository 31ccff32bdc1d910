"""Law: rulesets as data, the citation index, and the pure evaluation of facts."""

from levelkit.domain.condition import holds
from levelkit.domain.text import fold
from levelkit.law.business_lines import BusinessLine, BusinessLines, LineMatch, business_lines
from levelkit.law.carry_over import AskedRow, CarryOver, NewlyAsked, Pair
from levelkit.law.classify import classify, deciding_questions, transition_deadlines
from levelkit.law.compare import compare_packages
from levelkit.law.contract import CONTRACT, contract_json
from levelkit.law.facts_file import parse_facts, read_facts_file
from levelkit.law.library import RuleLibrary, read_package
from levelkit.law.model import Deadline
from levelkit.law.plan import baseline_groups, to_confirm
from levelkit.law.ruleset import RuleSet

__all__ = [
    "CONTRACT",
    "AskedRow",
    "BusinessLine",
    "BusinessLines",
    "CarryOver",
    "Deadline",
    "LineMatch",
    "NewlyAsked",
    "Pair",
    "RuleLibrary",
    "RuleSet",
    "baseline_groups",
    "business_lines",
    "classify",
    "compare_packages",
    "contract_json",
    "deciding_questions",
    "fold",
    "holds",
    "parse_facts",
    "read_facts_file",
    "read_package",
    "to_confirm",
    "transition_deadlines",
]
