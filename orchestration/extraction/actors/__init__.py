"""Who is named in a sentence, and in which role."""
