"""How fast is it? Figures side by side, in one run, as ratios."""
