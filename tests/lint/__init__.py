"""The rules of the lint: a fixture for each, and the mistakes that they catch."""
