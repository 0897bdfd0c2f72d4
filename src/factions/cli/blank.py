"""The case that `factions new --blank` writes: small, invented, and sound; every number says what it means."""

BLANK = """\
# A case of your own. The party below is invented, and the file runs as it is:
#   factions check {name} --weights
#   factions run {name} --worlds 500 --out out/{stem}
# Replace the party by yours, table by table. docs/own_case.md says what every number means and what can be left out.
# Whoever prefers a spreadsheet: factions export {name} --csv tables, and later factions new NAME --from-csv tables.
title = "A party in need of a name"
description = "Three groups, six leaders, three meetings."
start = 2001-01-01              # the day on which everybody stands as described below
end = 2003-12-31                # the last day that is simulated

# Where facts come from. Tables cite these keys as sources = ["book"]; factions check --sources lists what cites none.
[sources.book]
text = "Author, title, year, page"
# url = "https://..."

# Issues: what is fought about. Every leader has a position on each, from -1 (low) to +1 (high).
[[issues]]
id = "economy"
name = "Economy"
low = "more for the state"
high = "more for the market"
salience = 1.0                  # how much the issue counts, beside others; 0 or more

[[issues]]
id = "party"
name = "Party regime"
low = "members decide"
high = "the leadership decides"
salience = 1.0
regime = true                   # on this issue office pulls rulers up and outsiders down (mechanism office_pull)

# Blocs: leaders who act together. A bloc bargains and speaks as one. What one man does alone is a bloc of one.
[[blocs]]
id = "left"
name = "Left"
chief = "anna"                  # who speaks for it; without it, whoever of them has most influence

[[blocs]]
id = "centre"
name = "Centre"
chief = "carla"

[[blocs]]
id = "right"
name = "Right"
chief = "emil"

# The two bodies that rank highest, as this party calls them: texts and figures use these names.
[ladder]
politburo = "Executive"         # the inner circle
central_committee = "Council"   # the leadership around it

# Leaders. prestige: personal influence in points, of which only ratios matter. standing: politburo (the inner circle),
# central_committee (the leadership), party_member; or expelled, exiled, deported.
[[leaders]]
id = "anna"
name = "Anna"
bloc = "left"
prestige = 6.0
standing = "politburo"
ideal_point = {{ economy = -0.8, party = -0.5 }}

[[leaders]]
id = "boris"
name = "Boris"
bloc = "left"
prestige = 2.0
standing = "central_committee"
ideal_point = {{ economy = -0.6, party = -0.7 }}

[[leaders]]
id = "carla"
name = "Carla"
bloc = "centre"
prestige = 5.0
standing = "politburo"
ideal_point = {{ economy = 0.0, party = 0.6 }}

[[leaders]]
id = "david"
name = "David"
bloc = "centre"
prestige = 3.0
standing = "central_committee"
ideal_point = {{ economy = 0.1, party = 0.4 }}

[[leaders]]
id = "emil"
name = "Emil"
bloc = "right"
prestige = 4.0
standing = "politburo"
ideal_point = {{ economy = 0.7, party = 0.2 }}

[[leaders]]
id = "fanny"
name = "Fanny"
bloc = "right"
prestige = 2.0
standing = "central_committee"
ideal_point = {{ economy = 0.5, party = 0.0 }}

# Offices: posts that give influence, in the same points as prestige. Who appoints gains ground over time (patronage).
[[offices]]
id = "secretariat"
name = "Secretariat"
holder = "carla"
machine = 6.0

[[offices]]
id = "newspaper"
name = "Newspaper"
holder = "emil"
machine = 2.0
appointed_by = "secretariat"    # without it, the meeting fills the post

# Ties: trust between two blocs at the start, from -1 (enemies) to 1 (friends). Pairs that are not named have 0.
[[ties]]
blocs = ["left", "centre"]
trust = -0.3

[[ties]]
blocs = ["centre", "right"]
trust = 0.4

# Ties between two persons, of whatever bloc: each counts by what part of his bloc he is, and the tie goes with him.
# [[personal_ties]]
# leaders = ["anna", "carla"]
# trust = 0.8

# Alliances at the start; a bloc in none stands alone. The strongest alliance rules.
[[alliances]]
blocs = ["centre", "right"]

# Blocs that never ally, whatever it would be worth to them. camps = 2 at the top would allow two alliances at most.
# [[apart]]
# blocs = ["left", "right"]

# Kinds of meetings. electorate: delegates (influence, after the apparatus has selected them), central_committee or
# politburo (by head). rungs: the punishments that a meeting may impose; [] for none. docs/own_case.md, section 5, lists
# what else a meeting may do: be ruled by votes, overrule a narrower body, and so on.
[[meeting_kinds]]
id = "congress"
name = "Congress"
electorate = "delegates"
selection = 1.0                 # how hard the apparatus selects them; 0: they mirror influence
rungs = ["office", "politburo", "central_committee", "party"]

[[meeting_kinds]]
id = "council"
name = "Council"
electorate = "central_committee"
selection = 0.0                 # votes are heads
rungs = ["office"]

# Meetings, in the order of their dates: at each, blocs bargain, speak out or keep quiet, and vote.
[[meetings]]
id = "congress_2001"
name = "Congress of 2001"
kind = "congress"
date = 2001-06-10

[[meetings]]
id = "council_2002"
name = "Council of 2002"
kind = "council"
date = 2002-03-02

[[meetings]]
id = "congress_2003"
name = "Congress of 2003"
kind = "congress"
date = 2003-05-18

# What comes from outside. Other kinds: factions list kinds
[[events]]
id = "recession"
kind = "salience"
date = 2002-09-01
issue = "economy"
by = 0.5
text = "A recession brings the economy to the fore."

# What happened, for scoring only: the model never reads it. Without a record, worlds are simulated and not scored.
# [[record]]
# id = "left_speaks_out"
# text = "The Left opposes openly in 2001."
# predicate = "open"            # others: factions list predicates
# blocs = ["left"]
# at = "congress_2001"
# sources = ["book"]
# confidence = "high"           # medium, low: the claim itself is wrong with probability 0.15, 0.30; high: 0.05

# Parameters have one value for everybody; what is not named has its default: factions list parameters
# [parameters]
# safety_motive = 0.5           # worth of being in a large alliance; the default is 2.0
# policy_motive = 2.0           # worth of agreement; the default is 1.0

# What the case does without; docs/own_case.md says what to switch off for which kind of case.
# [mechanisms]
# sanctions = false
# patronage = false
"""
