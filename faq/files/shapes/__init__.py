"""The shapes in which knowledge bases are found: tables, nested lists, documents with headings, pages."""
