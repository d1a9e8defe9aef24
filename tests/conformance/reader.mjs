// Opens an ebook in a reading system, foliate-js in headless Chromium, and tells as JSON what its reader meets.
//
//   CHROMIUM=/usr/bin/chromium node reader.mjs BOOK FOLDER PLAN
//
// PLAN is JSON: {"call": HREF of the call of a note, "places": [HREF, …], "pictures": {NAME: HREF, …}}. Every HREF counts
// from the root of the archive. FOLDER receives NAME-light.png and NAME-dark.png of every picture, and note.png.

import { createReadStream, existsSync } from "node:fs"
import http from "node:http"
import path from "node:path"
import puppeteer from "puppeteer-core"

const [book, folder, plan] = [process.argv[2], process.argv[3], JSON.parse(process.argv[4])]
const library = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "node_modules", "foliate-js")
const size = { width: 600, height: 800 }

const page = `<!DOCTYPE html><meta charset="utf-8"><title>Reader</title>
<style>html, body { margin: 0 } foliate-view { display: block; width: ${size.width}px; height: ${size.height}px }</style>
<script type="module">
import "/library/view.js"
import { FootnoteHandler } from "/library/footnotes.js"
const view = document.createElement("foliate-view")
document.body.append(view)
const data = await (await fetch("/book.epub")).blob()
await view.open(new File([data], "book.epub", { type: "application/epub+zip" }))
view.renderer.setAttribute("max-column-count", "1")
const notes = new FootnoteHandler()
notes.addEventListener("before-render", ({ detail }) => {
  detail.view.style.cssText = "position: fixed; inset: auto 60px 60px; width: 480px; height: 200px; border: 2px solid"
  document.body.append(detail.view)
})
notes.addEventListener("render", ({ detail }) => { window.popup = detail })
view.addEventListener("link", event => { window.followed = event.detail.href; notes.handle(view.book, event) })
await view.init({ lastLocation: null })
Object.assign(window, { view, ready: true })
</script>`

const types = { ".js": "text/javascript", ".epub": "application/epub+zip" }
const server = http.createServer((request, response) => {
  const asked = decodeURIComponent(request.url.split("?")[0])
  if (asked === "/") return response.setHeader("content-type", "text/html").end(page)
  const file = asked === "/book.epub" ? book : path.join(library, path.normalize(asked).replace(/^\/library\//, ""))
  if (!existsSync(file)) return response.writeHead(404).end()
  response.setHeader("content-type", types[path.extname(file)] ?? "application/octet-stream")
  createReadStream(file).pipe(response)
})
await new Promise(done => server.listen(0, "127.0.0.1", done))

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"],
  timeout: 120000,
  protocolTimeout: 120000,
})
const faults = []
try {
  const tab = await browser.newPage()
  tab.setDefaultTimeout(60000)
  tab.on("pageerror", error => faults.push(error.message))
  tab.on("requestfailed", request => faults.push(`not loaded: ${request.url()}`))
  await tab.setViewport(size)
  await tab.goto(`http://127.0.0.1:${server.address().port}/`)
  await tab.waitForFunction("window.ready")
  console.log(JSON.stringify({ ...(await navigation(tab)), note: await note(tab), places: await places(tab), pictures: await pictures(tab), faults }))
} finally {
  await browser.close()
  server.close()
}

// What the reading system offers to go to.
function navigation(tab) {
  return tab.evaluate(() => {
    const entries = items => (items ?? []).map(({ label, href, subitems }) => [label, href, entries(subitems)])
    const { metadata, dir, toc, landmarks, pageList } = view.book
    return {
      title: metadata.title, dir, contents: entries(toc), pages: entries(pageList),
      landmarks: (landmarks ?? []).map(({ label, type, href }) => [label, type.join(" "), href]),
    }
  })
}

// A note called, what pops up, and whether its link leads back to the call.
async function note(tab) {
  if (!plan.call) return null
  await turn(tab, plan.call)
  await tab.evaluate(id => view.renderer.getContents()[0].doc.getElementById(id).click(), plan.call.split("#")[1])
  await tab.waitForFunction("window.popup?.view.renderer.getContents().length")
  await settled(tab)
  await tab.screenshot({ path: path.join(folder, "note.png") })
  const shown = await tab.evaluate(() => {
    const { view: shown, href, type } = window.popup
    const text = shown.renderer.getContents()[0].doc.body.textContent.replace(/\s+/g, " ").trim()
    shown.remove()
    return { href, type, text }
  })
  await turn(tab, shown.href)
  await tab.evaluate(id => view.renderer.getContents()[0].doc.getElementById(id).querySelector("[role~=doc-backlink]").click(), shown.href.split("#")[1])
  await settled(tab)
  const back = await tab.evaluate(id => {
    const call = view.renderer.getContents()[0].doc.getElementById(id)
    return { href: window.followed, shows: Boolean(call) && view.lastLocation.range.intersectsNode(call) }
  }, plan.call.split("#")[1])
  return { ...shown, back }
}

// What a reader is told of printed pages at each place: the number, and the markers that are on the screen.
async function places(tab) {
  const found = []
  for (const href of plan.places ?? []) {
    await turn(tab, href)
    found.push(await tab.evaluate(() => {
      const { pageItem, range } = view.lastLocation
      const markers = [...view.renderer.getContents()[0].doc.querySelectorAll("[role~=doc-pagebreak]")]
      const shown = markers.filter(marker => range.intersectsNode(marker))
      return { told: pageItem?.label ?? null, shown: shown.map(marker => marker.getAttribute("aria-label")) }
    }))
  }
  return found
}

// Pages as pictures, by day and by night, and where on them the first photograph stands. A page is opened anew for each:
// the reading system looks at its ground when it opens it.
async function pictures(tab) {
  const found = {}
  for (const scheme of ["light", "dark"]) {
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }])
    for (const [name, href] of Object.entries(plan.pictures ?? {})) {
      await turn(tab, 0)
      await turn(tab, href)
      await tab.screenshot({ path: path.join(folder, `${name}-${scheme}.png`) })
      found[name] = { ...found[name], [scheme]: await tab.evaluate(photograph) }
    }
  }
  return found
}

function photograph() {
  const { doc } = view.renderer.getContents()[0]
  const frame = doc.defaultView.frameElement.getBoundingClientRect()
  const boxes = [...doc.querySelectorAll("figure img")].map(image => image.getBoundingClientRect())
  const placed = boxes.map(box => [box.left + frame.left, box.top + frame.top, box.right + frame.left, box.bottom + frame.top])
  return placed.find(([left, , right]) => left >= 0 && right <= innerWidth) ?? null
}

async function turn(tab, href) {
  await tab.evaluate(href => view.goTo(href), href)
  await settled(tab)
}

// Until pictures are decoded and the page has come to rest.
async function settled(tab) {
  await tab.evaluate(async () => {
    for (const { doc } of view.renderer.getContents()) {
      await Promise.all([...doc.images].map(image => image.decode().catch(() => null)))
      await doc.fonts.ready
    }
    await new Promise(done => setTimeout(done, 500))
  })
}
