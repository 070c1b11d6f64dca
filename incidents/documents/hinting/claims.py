"""An outage called greater than it was."""

import re
from collections.abc import Iterator
from typing import Final

from incidents.documents.hinting.prose import is_denied

WHOLE: Final = (
    r"(?:site|web ?site|shop|store|service|platform|product|application|app|system"
    r"|systems|everything|we|it|api)"
)
CLAIM: Final = re.compile(
    r"\b(?:total|complete|full|entire|site-?wide|100 ?%)"
    r" (?:outage|blackout|downtime|standstill|loss of service|unavailability)\b"
    rf"|\b{WHOLE} (?:was|were|went|became|had been|stood)"
    r" (?:completely|totally|entirely|fully|wholly)"
    r" (?:down|unavailable|offline|unreachable|inaccessible|still)\b"
    r"|\b(?:all|100 ?% of)(?: of)?(?: the| our)? (?:users|customers|visitors|people)"
    r" (?:were (?:affected|locked out|hit|hurt)|could not|couldn['’]t|lost|saw (?:only"
    r" )?(?:an? )?error)",
    re.I,
)


def total(text: str) -> Iterator[re.Match[str]]:
    return (match for match in CLAIM.finditer(text) if not is_denied(match))
