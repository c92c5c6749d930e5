"""Tokens, words with their tags, number words, head nouns and event verbs: Swedish, and nothing of climate contracts."""
