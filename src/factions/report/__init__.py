"""Reports: one self-contained HTML page, with the plots inside, for readers who do not run programs."""
