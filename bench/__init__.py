"""What is measured. Nothing here is part of the running site."""
