"""What the hints look for, one kind of stumble a file."""
