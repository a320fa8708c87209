"""How it runs: the process and the two messengers."""
