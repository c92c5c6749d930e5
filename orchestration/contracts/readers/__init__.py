"""One module a format: bytes in, texts with layout hints out. No network, no scripts, no external entities."""
