"""The regions of a document: what stands under which heading."""

from collections.abc import Callable
from dataclasses import dataclass, field

from incidents.documents.kinds import SectionKind
from incidents.documents.parse.annotations import KIND_OF
from incidents.documents.parse.blocks import Block
from incidents.documents.parse.guises import Heading
from incidents.documents.parse.headings import APART, Role, plain

ENOUGH = 2
WORK = (Role.ACTIONS, Role.MEASURES, Role.IMPROVEMENTS)


@dataclass(slots=True, eq=False)
class Region:
    """The blocks and lines under one heading, up to the next that counts."""

    heading: Heading | None
    role: Role
    kind: SectionKind
    first: int
    last: int
    blocks: list[Block] = field(default_factory=list)
    parent: "Region | None" = None
    taken: set[int] = field(default_factory=set)
    yielded: bool = False

    @property
    def left(self) -> list[Block]:
        """The blocks that nothing was taken from yet."""
        return [block for block in self.blocks if block.first not in self.taken]

    @property
    def level(self) -> int:
        return self.heading.level if self.heading else 0


Opens = Callable[[Block], bool]


def outline(
    blocks: list[Block], first: int, last: int, *, is_moment: Opens, is_timed: Opens
) -> list[Region]:
    """Divide the lines from first to last; each belongs to exactly one region.

    `is_moment` tells a heading that is itself an entry of a timeline, `is_timed`
    a list or table whose rows start with times.
    """
    return _Outliner(is_moment, is_timed, first, last).run(blocks)


class _Outliner:
    def __init__(
        self, is_moment: Opens, is_timed: Opens, first: int, last: int
    ) -> None:
        self.is_moment = is_moment
        self.is_timed = is_timed
        self.regions = [Region(None, Role.SECTION, SectionKind.OTHER, first, last)]
        self.last = last

    @property
    def current(self) -> Region:
        return self.regions[-1]

    def run(self, blocks: list[Block]) -> list[Region]:
        moments = [b for b in blocks if self._is_moment_heading(b)]
        self.told_in_headings = len(moments) >= ENOUGH
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            if self._starts_timeline(block):
                self._open_timeline(block)
            elif block.heading is not None and not self._stays(block, following):
                self._open(block.heading)
            else:
                self.current.blocks.append(block)
        return self.regions

    def _is_moment_heading(self, block: Block) -> bool:
        heading = block.heading
        return heading is not None and heading.topic is None and self.is_moment(block)

    def _starts_timeline(self, block: Block) -> bool:
        """Whether a timeline starts here that has no heading but its entries'."""
        if not self.told_in_headings or self.current.role is Role.TIMELINE:
            return False
        return self._is_moment_heading(block)

    def _open_timeline(self, block: Block) -> None:
        self.current.last = block.first
        region = Region(None, Role.TIMELINE, SectionKind.OTHER, block.first, self.last)
        region.blocks.append(block)
        self.regions.append(region)

    def _parent(self, heading: Heading) -> Region | None:
        region: Region | None = self.current
        while region is not None and region.level >= heading.level:
            region = region.parent
        return region if region is not None and region.heading else None

    def _stays(self, block: Block, following: Block | None) -> bool:
        """Whether a heading is only a part of the region it stands in."""
        heading, current = block.heading, self.current
        assert heading is not None
        if heading.topic == APART:
            return False
        if (
            heading.skip
            and current.level
            and current.level < heading.level
            and current.heading
            and current.heading.topic
        ):
            return False
        if current.role is Role.TIMELINE and self.is_moment(block):
            return True
        parent = self._parent(heading)
        if parent is None or parent is not current:
            return False
        if parent.role is Role.TIMELINE:
            return heading.topic is None or self._is_timed(following)
        if heading.topic is None:
            return parent.role not in WORK or self._is_work(following)
        role, kind = heading.topic
        if parent.role in WORK and plain(heading.title.text) in KIND_OF:
            return self._is_work(following)
        if parent.role is Role.MEASURES and role is Role.IMPROVEMENTS:
            return True
        return role == parent.role and kind == parent.kind

    def _is_timed(self, block: Block | None) -> bool:
        return block is not None and self.is_timed(block)

    def _is_work(self, block: Block | None) -> bool:
        return block is not None and block.kind in ("list", "table")

    def _open(self, heading: Heading) -> None:
        parent = self._parent(heading)
        self.current.last = heading.first
        role, kind = heading.topic or (Role.SECTION, SectionKind.OTHER)
        self.regions.append(
            Region(heading, role, kind, heading.last, self.last, parent=parent)
        )
