"""The door for programs. There is none yet; it will call the verbs that pages call."""
