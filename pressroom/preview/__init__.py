"""The preview: a local page that shows what an edition will be, and follows every save.

`workroom` lays editions out in a process that lives as long as the preview: what is loaded stays loaded, and only
changed units are laid out again (`proofs`). `session` holds what the page shows, while `watching` tells it of saves.
`server` answers a browser on this machine alone (`guard`); `page_views` paints pages when they are looked at,
`photo_framing` writes a focus or a crop into photos.yaml and takes it back. The page itself is plain HTML, CSS and
JavaScript in `desk/`.
"""
