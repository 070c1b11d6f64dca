"""What is broken on purpose, and what becomes of the site. Not part of the site."""
