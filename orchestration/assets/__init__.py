"""One module a stage. Thin: call the plain code, write its frames, report what was done."""
