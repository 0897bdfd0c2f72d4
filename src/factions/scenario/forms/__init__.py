"""A scenario in other forms: sheets for spreadsheets, TOML, the JSON Schema, the list of its words."""
