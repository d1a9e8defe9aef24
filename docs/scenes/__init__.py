"""Pictures that stand for photographs, drawn from seeds: what the demonstration shows and tests use, CC0.

    python -m scenes FOLDER [--long 1500] [--only lake,dusk]       (in docs/)

`fields` holds the mathematics of chance, `terrain` looks at a landscape of heights as a camera does, `land`, `water`,
`sky` and `near` draw scenes in linear light, `camera` exposes them, `collection` names the pictures, with their
words, and `packet` writes these into the files.
"""
