"""Documents of office programs: Word’s (.docx), and LibreOffice’s and Google Docs’ (.docx, .odt).

A Word document is a package of parts (`docx_package`). `docx_settling` takes out what is no text of the book and
remarks it, `docx_marking` notes what mammoth would leave, `docx_reading` lets mammoth make HTML. Then `office_document`
goes on for every program alike: pictures and tables get captions (`captioning`), headings cut chapters
(`chapter_cutting`). An OpenDocument text takes the same way, with `odt_settling` and `odt_reading`.
"""
