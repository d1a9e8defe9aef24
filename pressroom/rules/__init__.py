"""Rules: what printers and stores ask for, each with its source and the day it was read."""
