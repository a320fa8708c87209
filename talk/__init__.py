"""How it speaks: the kit under every handler."""
