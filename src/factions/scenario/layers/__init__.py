"""Files that extend each other, laid over one another: from the chain of files to one merged draft."""
