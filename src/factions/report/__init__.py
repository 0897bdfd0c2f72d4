"""What a reader gets of a run, a comparison, a validation: tables, texts, figures, pages; one world told as a story."""
