"""A notice told to people in private: who is told, how it goes out, and what came of it."""
