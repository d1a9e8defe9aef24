
import puppeteer from "puppeteer-core"
const [address, file, scheme, hash, ready] = process.argv.slice(2)
const args = ["--no-sandbox", "--hide-scrollbars"]
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args })
const tab = await browser.newPage()
await tab.setViewport({ width: 1360, height: 850 })
await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }])
await tab.goto(`${address}#${hash}`)
await tab.waitForFunction(ready, { timeout: 300000 })
await new Promise(done => setTimeout(done, 3000))
await tab.screenshot({ path: file })
await browser.close()
