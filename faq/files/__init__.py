"""The knowledge base as files: read with every problem named, written, and compared with what is kept."""
