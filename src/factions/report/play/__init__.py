"""Worlds that a page plays, meeting by meeting: which are told, what is said of them, and the script that draws them.

`choice` picks the worlds, `frames` tells one, `data` puts together what `play.js` draws with `play.css`.  Pages of
reports and the app show the same.
"""
