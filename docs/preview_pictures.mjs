// One picture of a preview in Chromium: node preview_pictures.mjs ADDRESS FILE SCHEME HASH READY

import { createRequire } from "node:module"

const puppeteer = createRequire(new URL("../tests/conformance/package.json", import.meta.url))("puppeteer-core")
const [address, file, scheme, hash, ready] = process.argv.slice(2)
const args = ["--no-sandbox", "--hide-scrollbars"]
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args, protocolTimeout: 600000 })
const tab = await browser.newPage()
await tab.setViewport({ width: 1360, height: 850 })
await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }])
await tab.goto(`${address}#${hash}`)
await tab.waitForFunction(ready, { timeout: 600000 })
await new Promise(done => setTimeout(done, 3000))
await tab.screenshot({ path: file })
await browser.close()
