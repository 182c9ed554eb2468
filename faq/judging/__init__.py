"""How good a knowledge base and its matcher are: lint, labelled questions, figures."""
