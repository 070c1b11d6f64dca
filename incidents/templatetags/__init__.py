"""What templates need and cannot say themselves, a subject a file."""
