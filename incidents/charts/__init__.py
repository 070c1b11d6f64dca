"""Drawing: numbers in, coordinates out. Markup is a template's."""
