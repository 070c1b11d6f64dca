"""The browser's door. A view is gate, form, verb, answer."""
