"""What is said of those of whom a finding or a decision tells: what is so, what comes or goes, what was decided."""

from __future__ import annotations

from factions.counterfactual.courses import ALLIED

DEEDS = {
    "ruling": ("ruled", "did not rule"),
    "open": ("opposed openly", "did not oppose openly"),
    "politburo": ("sat in the {politburo}", "had no seat in the {politburo}"),
    "central_committee": ("sat in the {central_committee}", "had no seat in the {central_committee}"),
    "party": ("belonged to the party", "had no place in the party"),
    "deported": ("had been deported", "had not been deported"),
    "capitulated": ("had surrendered", "had not surrendered"),
    ALLIED: ("stood together", "did not stand together"),
}
"""What is said of those whom an outcome names, in words that suit one and several: that it is so, that it is not."""

TURNS = {
    "ruling": ("came to power", "lost power", "in power"),
    "open": ("spoke out", "fell silent", "in open opposition"),
    "politburo": ("entered the {politburo}", "left the {politburo}", "in the {politburo}"),
    "central_committee": (
        "entered the {central_committee}",
        "left the {central_committee}",
        "in the {central_committee}",
    ),
    "party": ("came back into the party", "had to leave the party", "in the party"),
    "deported": ("had to leave the country", "came back", "out of the country"),
    "capitulated": ("surrendered", "took up politics again", "among those who had surrendered"),
    ALLIED: ("came together", "parted", "together"),
}
"""What is said of those whom an outcome names if it comes later or earlier: it comes, it goes, and the state itself."""

DECISIONS = {
    "member": ("{} changed his bloc", "{} stayed in his bloc"),
    "allied": ("{} allied", "{} stayed apart"),
    "parted": ("{} parted", "{} stayed together"),
    "open": ("{} spoke out", "{} kept silent"),
    "rung": ("the rulers punished {}", "the rulers spared {}"),
    "capitulated": ("{} surrendered", "{} held out"),
}
"""What was decided with the change alone, and what was not decided with it, though it was without it."""
