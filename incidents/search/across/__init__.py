"""Looking back: what is `similar`, the `digest` of a month, and `anniversaries`."""
