// What pdf.js (Firefox) reads and finds in a PDF: `node pdf_words.mjs FILE WORDS`, with the words as JSON. Writes the text of
// every page, and how often its own search finds each word.
import { readFile } from "node:fs/promises";

const [file, words] = process.argv.slice(2);
const root = new URL("node_modules/pdfjs-dist/", import.meta.url);
const pdfjs = await import(new URL("legacy/build/pdf.mjs", root));
// The viewer's search needs no page; what comes with it looks for one.
Object.assign(globalThis, { pdfjsLib: pdfjs, window: globalThis, navigator: {}, requestAnimationFrame: setImmediate });
globalThis.document = { documentElement: { style: {} }, createElement: () => ({ style: {} }) };
const { EventBus, PDFFindController } = await import(new URL("legacy/web/pdf_viewer.mjs", root));

const book = await pdfjs.getDocument({
  data: new Uint8Array(await readFile(file)),
  cMapUrl: new URL("cmaps/", root).pathname,
  standardFontDataUrl: new URL("standard_fonts/", root).pathname,
  verbosity: pdfjs.VerbosityLevel.ERRORS,
}).promise;

const pages = [];
for (let number = 1; number <= book.numPages; number++) {
  const { items } = await (await book.getPage(number)).getTextContent();
  pages.push(items.map(({ str, hasEOL }) => (hasEOL ? `${str}\n` : str)).join(""));
}

const eventBus = new EventBus();
const linkService = { page: 1, pagesCount: book.numPages };
const search = new PDFFindController({ linkService, eventBus });
search.setDocument(book);
const found = {};
for (const query of new Set(JSON.parse(words))) {
  eventBus.dispatch("find", { source: null, type: "again", query, highlightAll: false, findPrevious: false });
  do await new Promise(setImmediate);
  while (Object.keys(search.pageMatches).length < book.numPages);
  found[query] = search.pageMatches.reduce((sum, page) => sum + page.length, 0);
}
console.log(JSON.stringify({ pages, found }));
