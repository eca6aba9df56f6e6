// Looks at every page of a running server with axe-core in a real Chromium, wide and narrow, light and dark.
//
//   npm install            (in this folder)
//   licit serve & node axe.mjs http://127.0.0.1:8711 [FOLDER FOR PICTURES]
//
// CHROMIUM names the browser where it is not /usr/bin/chromium. Ends with status 1 where a page breaks a rule, scrolls sideways,
// logs an error or asks for anything elsewhere.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const base = process.argv[2] ?? "http://127.0.0.1:8711";
const folder = process.argv[3];
const pages = {
  home: "/",
  gift: "/ask?q=Putin+gave+Kim+Jong+Un+a+car.&on=2024-02-18",
  pumps: "/ask?q=A+charity+in+Geneva+shipped+forty+water+pumps+to+a+clinic+in+Pyongyang.&on=2019-05-06",
  tanker: "/ask?q=A+Russian+tanker+transferred+diesel+to+a+North+Korean+ship+in+the+East+China+Sea.&on=2018-02-20",
  wrong: "/ask?q=hello",
  form: "/form",
  screen: "/screen?name=Ri+Won+Ho&birth_date=1964",
  law: "/law",
  paragraph: "/law/un/2397%237",
  instrument: "/law/un/2397",
  regime: "/law/un/dprk",
  diff: "/law/diff?from=2016-12-31&to=2018-01-01&in=un",
  coverage: "/law/coverage",
  lists: "/lists",
  file: "/file",
  changes: "/changes",
  lost: "/nowhere",
};
const posted = {
  article: ["/ask", { q: readFileSync(new URL("../../../examples/gift.txt", import.meta.url), "utf8"), on: "2024-02-21" }],
  journey: ["/ask", { q: readFileSync(new URL("../../../examples/maybach.json", import.meta.url), "utf8") }],
  open: ["/decide", { kind: "sale", to: "North Korea", item: "goods", on: "2018-03-01", in: "un" }],
};

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let faults = 0;
const fault = (where, what) => {
  faults += 1;
  console.log(`${where}: ${what}`);
};

async function open(page, name) {
  if (pages[name]) return page.goto(base + pages[name], { waitUntil: "load" });
  const [path, fields] = posted[name];
  await page.goto(`${base}${path === "/ask" ? "/" : "/form"}`, { waitUntil: "load" });
  await page.evaluate(
    (fields) => {
      const form = document.querySelector("form");
      for (const [name, value] of Object.entries(fields)) {
        const boxes = form.querySelectorAll(`[name=${name}]`);
        if (boxes.length > 1) boxes.forEach((b) => (b.checked = b.value === value));
        else boxes[0].value = value;
      }
    },
    fields,
  );
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.click("form button")]);
}

for (const name of [...Object.keys(pages), ...Object.keys(posted)]) {
  for (const [width, scheme] of [[1200, "light"], [1200, "dark"], [360, "light"]]) {
    const where = `${name} ${width} ${scheme}`;
    const page = await browser.newPage();
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    // The tester itself must get past the policy of the page; whatever else is refused is told.
    page.on("console", (m) => m.type() === "error" && !/status of 40[04]/.test(m.text()) && fault(where, m.text()));
    page.on("request", (r) => !r.url().startsWith(base) && !r.url().startsWith("data:") && fault(where, `asks for ${r.url()}`));
    await open(page, name);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (sideways > 0) fault(where, `scrolls sideways by ${sideways} px`);
    if (folder) await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true });
    const client = await page.createCDPSession();
    await client.send("Runtime.evaluate", { expression: axe });
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const v of violations) fault(where, `${v.id} (${v.impact}): ${v.help}; ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ")}`);
    await page.close();
  }
}
await browser.close();
console.log(faults === 0 ? "pages: all good" : `pages: ${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
