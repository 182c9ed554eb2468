"""Questions of all sorts that no company's knowledge base answers, a file a language."""
