"""Words of the sample that are neither Vietnamese nor names used as they are."""

from __future__ import annotations

import re

from levelkit.domain.text import fold

# Names and abbreviations that a Vietnamese document of this kind uses as they are.
TECHNICAL = {
    *(
        "API",
        "COD",
        "CRM",
        "GB",
        "HSM",
        "Internet",
        "IP",
        "IPsec",
        "Linux",
        "NAS",
        "SIM",
        "TLS",
        "USB",
        "VLAN",
        "VPN",
    ),
    *(
        "WAF",
        "Windows",
        "FaceStation",
        "FortiGate",
        "PostgreSQL",
        "PowerEdge",
        "container",
        "inch",
        "web",
        "webhook",
        "Server",
    ),
    *(
        "ANM",
        "CNTT",
        "HT",
        "SM",
        "TCNS",
        "VP",
        "VT",
        "TMĐT",
        "TTDL",
        "TP",
        "BB",
        "BC",
        "CP",
        "HĐ",
        "NĐ",
        "QĐ",
        "QH",
        "ĐL",
    ),
    *(
        "Bluetooth",
        "camera",
        "DDoS",
        "DHCP",
        "DMZ",
        "EDR",
        "FTP",
        "Gbit",
        "HTTP",
        "mili",
        "SSH",
        "TB",
        "Telnet",
    ),
    *("WAN", "Wi", "Fi", "GP", "HS", "KH", "KTXN"),
    # Groups of requirements, prefixes of accounts, a second, a class of suppliers.
    *("MD", "TK", "dv", "kt", "qt", "tn", "s", "C"),
    *("IV", "V", "IX", "b", "d", "đ", "l"),
}
ENGLISH_THAT_LOOKS_VIETNAMESE = {"the", "to", "on", "then", "he", "me"}
SYLLABLE = re.compile(
    r"(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(ng|nh|ch|[cmnpt])?", re.ASCII
)
NAMES = re.compile(r"https?://\S+|\b[\w.]+@[\w.]+\b|\b[a-z]+-[a-z0-9]+\b|\b\w*\d\w*\b")


def strange_words(text):
    """Return the words of a text that look like no Vietnamese syllable and are no known name."""
    return {
        word
        for word in re.findall(r"[^\W\d_]+", NAMES.sub(" ", text))
        if not (word in TECHNICAL or word.lower() in TECHNICAL)
        and (word in ENGLISH_THAT_LOOKS_VIETNAMESE or not SYLLABLE.fullmatch(fold(word)))
    }
