"""Language: what the builder knows of words, typography and language tags. Pure; it knows no book."""
