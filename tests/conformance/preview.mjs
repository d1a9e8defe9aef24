// Works with the preview of a publication in headless Chromium as a person does, and tells as JSON what came of it.
//
//   CHROMIUM=/usr/bin/chromium node preview.mjs ADDRESS ROOT
//
// ROOT is the publication: book/a.md and book/b.md, assets/photos/p.jpg, editions `print` and `ebook`.

import { existsSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import puppeteer from "puppeteer-core"

const [address, root] = process.argv.slice(2)
const axe = readFileSync(path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "node_modules/axe-core/axe.min.js"), "utf8")
const file = name => path.join(root, name)
const faults = []
const told = {}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
  timeout: 120000,
  protocolTimeout: 120000,
})

async function openTab(hash) {
  const tab = await browser.newPage()
  await tab.setViewport({ width: 1300, height: 850 })
  tab.setDefaultTimeout(90000)
  tab.on("pageerror", error => faults.push(error.message))
  tab.on("request", request => { if (!request.url().startsWith(address)) faults.push(`elsewhere: ${request.url()}`) })
  await tab.goto(address + hash)
  return tab
}

const painted = tab => tab.waitForFunction(() => {
  const near = [...document.querySelectorAll(".page")].slice(0, 3)
  return near.length && near.every(page => page.dataset.shown === page.dataset.key)
})
const keys = tab => tab.$$eval(".page", pages => pages.map(page => page.dataset.key))
const text = (tab, selector) => tab.$eval(selector, element => element.textContent)
const ids = tab => tab.$$eval(".finding .id", found => found.map(each => each.textContent))

async function violations(tab, scheme) {
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }])
  const isThere = await tab.evaluate("typeof axe !== 'undefined'")
  if (!isThere) await tab.evaluate(axe) // the page itself may run nothing that is not its own
  return tab.evaluate(async () => {
    const { violations } = await axe.run(document, { iframes: false })
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target} ${node.failureSummary}`))
  })
}

async function accessible(tab, name) {
  for (const scheme of ["light", "dark"]) told[`${name}, ${scheme}`] = await violations(tab, scheme)
}

async function save(name, words) {
  writeFileSync(file(name), words)
}

try {
  const tab = await openTab("#edition=print")
  await painted(tab)
  const before = await keys(tab)
  await accessible(tab, "pages")

  // an edit on disk, and a search for its words
  await save("book/a.md", "# A\n\nWords that were **just** written.\n")
  await tab.waitForFunction(old => [...document.querySelectorAll(".page")].some(page => !old.includes(page.dataset.key)), {}, before)
  await painted(tab)
  const after = await keys(tab)
  told.edit = { pages: after.length, changed: after.filter(key => !before.includes(key)).length }
  await tab.keyboard.press("/")
  await tab.type("#words", "just written")
  await tab.waitForFunction(() => document.getElementById("hits").value)
  told.search = await tab.$eval("#hits", output => output.value)
  await tab.keyboard.press("Enter")
  await tab.waitForFunction(() => document.querySelector(".page.here .hit"))

  // a click on a page
  const hit = await (await tab.$(".page.here .hit")).boundingBox()
  await tab.keyboard.press("Escape")
  await tab.mouse.click(hit.x + hit.width / 2, hit.y + hit.height / 2)
  await tab.waitForFunction(() => !document.getElementById("source").hidden)
  told.place = await text(tab, "#source code")

  // a click on a finding
  await tab.keyboard.press("Escape")
  await tab.keyboard.press("Home")
  const places = () => [...document.querySelectorAll(".finding .places button")]
  told.finding = await tab.evaluate(`(${places})().find(each => each.textContent.startsWith("book/b.md")).textContent`)
  await tab.evaluate(`(${places})().find(each => each.textContent.startsWith("book/b.md")).click()`)
  await tab.waitForFunction(() => document.getElementById("place").textContent.endsWith("book/b.md"))
  told.there = await tab.$eval(".page.here figcaption", folio => folio.textContent)

  // a fault comes, and goes
  await save("book/publication.yaml", readFileSync(file("book/publication.yaml"), "utf8").replace("language: en", "langage: en"))
  await tab.waitForFunction(() => !document.getElementById("old").hidden)
  told.fault = { ids: await ids(tab), pages: (await keys(tab)).length }
  await accessible(tab, "fault")
  await save("book/publication.yaml", readFileSync(file("book/publication.yaml"), "utf8").replace("langage: en", "language: en"))
  await tab.waitForFunction(() => document.getElementById("old").hidden)
  told.mended = { ids: await ids(tab), pages: (await keys(tab)).length }

  // a second tab, with another edition
  const second = await openTab("#edition=ebook")
  await second.waitForSelector("iframe:not(.coming)")
  await accessible(second, "ebook")
  const look = () => second.$eval("iframe:not(.coming)", frame => {
    const { fontSize, backgroundColor } = getComputedStyle(frame.contentDocument.documentElement)
    return `${fontSize} on ${backgroundColor}, ${getComputedStyle(frame.contentDocument.body).color}`
  })
  const press = words => second.$$eval("#tools button", (buttons, words) => buttons.find(each => each.textContent === words).click(), words)
  told.looks = {}
  for (const name of ["Light", "Sepia", "Night", "A+"]) {
    await press(name)
    told.looks[name] = await look()
  }
  await press("A−")
  await press("Light")
  const known = await keys(tab)
  await save("book/b.md", "# B\n\nSaid to both.\n\n![A field](p.jpg)\nA field.\n")
  await second.waitForFunction(() => [...document.querySelectorAll("#contents button")].length > 0)
  await second.evaluate(() => [...document.querySelectorAll("#contents button")].find(each => each.textContent.startsWith("B")).click())
  await second.waitForFunction(() => document.querySelector("iframe:not(.coming)")?.contentDocument?.body?.textContent.includes("Said to both"))
  await second.bringToFront()
  await tab.bringToFront()
  await tab.waitForFunction(old => [...document.querySelectorAll(".page")].some(page => !old.includes(page.dataset.key)), {}, known)
  told.both = true
  told.script = await second.evaluate(() => document.querySelector("iframe").contentDocument.title)
  await second.close()

  // a crop with the mouse, and undone
  await tab.keyboard.press("Escape")
  await tab.keyboard.press("p")
  await tab.waitForSelector(".card img")
  await accessible(tab, "photographs")
  await tab.click(".card .shown")
  await tab.waitForFunction(() => document.querySelector(".easel img")?.naturalWidth > 0)
  await tab.$$eval(".choice button", buttons => buttons.find(each => each.textContent === "Crop").click())
  const easel = await (await tab.$(".easel img")).boundingBox()
  const at = (x, y) => [easel.x + easel.width * x, easel.y + easel.height * y]
  await tab.mouse.move(...at(.25, .25))
  await tab.mouse.down()
  await tab.mouse.move(...at(.5, .5))
  await tab.mouse.move(...at(.75, .75))
  await tab.mouse.up()
  await accessible(tab, "framing")
  await tab.click("#write")
  await tab.waitForFunction(() => document.querySelector(".rail").textContent.includes("Written."))
  told.crop = readFileSync(file("book/photos.yaml"), "utf8")
  await tab.click("#undo")
  await tab.waitForFunction(() => document.querySelector(".rail").textContent.includes("Taken back."))
  told.undone = !existsSync(file("book/photos.yaml"))
  console.log(JSON.stringify({ ...told, faults }))
} finally {
  await browser.close()
}
