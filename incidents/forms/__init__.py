"""What a person fills in, turned into the values that verbs take."""
