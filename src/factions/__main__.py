"""`python -m factions`: the command line, also where the command is not on the path."""

import sys

from factions.cli import main

if __name__ == "__main__":
    sys.exit(main())
