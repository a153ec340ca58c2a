"""What must hold for any input, tried with inputs made by chance and, by `make fuzz`, by their coverage."""
