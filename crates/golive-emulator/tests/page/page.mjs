// Uses the emulator's page in a real browser: `cargo xtask conformance page`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chromium } from "playwright-core";

const [url, golive] = process.argv.slice(2);
const OFFER = "#offer-contoso-contoso-virtualmachineoffer";
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

let passed = 0;
let failed = 0;
async function test(name, body) {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", error => problems.push(String(error)));
  // A refusal is answered with 4xx, which the browser logs.
  const wrong = message => message.type() === "error" && !message.text().startsWith("Failed to load resource");
  page.on("console", message => wrong(message) && problems.push(message.text()));
  page.on("request", request => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:")) problems.push(request.url());
  });
  try {
    await fetch(`${url}/_emulator/reset`, { method: "POST" });
    await page.goto(url);
    await page.waitForSelector("body[data-live=yes]");
    await body(page);
    assert.deepEqual(problems, []);
    console.log(`test ${name} ... ok`);
    passed += 1;
  } catch (error) {
    console.log(`test ${name} ... FAILED\n${error.stack}\n${problems.join("\n")}`);
    await page.screenshot({ path: "failed.png", fullPage: true });
    failed += 1;
  }
  await page.close();
}

// The program, which waits with the SDK.
function goLive() {
  const child = spawn(golive, ["go-live", "contoso", "contoso-virtualmachineoffer", "--output", "json"],
    { env: { ...process.env, GOLIVE_ENDPOINT: url, GOLIVE_TOKEN: "x" }, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", data => { output += data; });
  return new Promise(resolve => child.on("exit", code => resolve({ code, result: JSON.parse(output) })));
}

const live = `${OFFER} [data-step=live]`;
const progress = page => page.locator(`${live} progress`).evaluate(bar => bar.value);
const state = wanted => `${live}[data-state=${wanted}]`;

await test("a step is failed from the page, and the waiter sees it", async page => {
  const ended = goLive();
  await page.waitForSelector(state("inprogress"));
  const seen = [];
  for (const wanted of [1, 2, 3]) {
    await page.waitForFunction(
      ([selector, least]) => document.querySelector(selector).value >= least, [`${live} progress`, wanted]);
    seen.push(await progress(page));
  }
  assert.ok(seen[0] < 100 && seen[2] >= seen[0], `progress is seen: ${seen}`);
  await page.click(`${OFFER} [data-act=fail]`);
  await page.waitForSelector(state("failed"));
  assert.match(await page.textContent(live), /made this step fail/);
  const { code, result } = await ended;
  assert.equal(code, 1);
  assert.equal(result.status, "failed");
  assert.equal(result.error.step, "live");
  assert.match(JSON.stringify(result.error), /made this step fail/);
});

await test("everything is done with the keyboard alone", async page => {
  const reach = async text => {
    for (let tabs = 0; tabs < 40; tabs += 1) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const at = document.activeElement;
        const style = getComputedStyle(at);
        return { text: at.textContent, id: at.id, ring: style.outlineStyle !== "none" };
      });
      if (focused.text === text || focused.id === text) {
        assert.ok(focused.ring, "what has the focus is seen");
        return;
      }
    }
    assert.fail(`${text} cannot be reached`);
  };
  await reach("Sign off and go live");
  await page.keyboard.press("Enter");
  await page.waitForSelector(state("inprogress"));
  await reach("Cancel");
  await page.keyboard.press("Space");
  await page.waitForSelector(`${OFFER} [data-act=cancel]:disabled`);
  await page.reload();
  await page.waitForSelector("body[data-live=yes]");
  await reach("speed");
  await page.keyboard.press("End");
  await page.waitForSelector(state("notstarted"));
  const clock = await (await fetch(`${url}/_emulator/clock`)).json();
  assert.equal(clock.speed, 360000);
});

await test("the clock is steered", async page => {
  const now = async () => (await (await fetch(`${url}/_emulator/clock`)).json());
  await page.click("#frozen");
  await page.waitForSelector("#frozen[aria-pressed=true]");
  const before = await now();
  assert.equal(before.frozen, true);
  await page.click("text=One day ahead");
  await page.waitForFunction(day => document.getElementById("now").textContent.slice(0, 10) !== day,
    before.now.slice(0, 10));
  const after = await now();
  assert.equal((Date.parse(after.now) - Date.parse(before.now)) / 86400000, 1);
  await page.selectOption("#speed", "60");
  await page.click("#frozen");
  await page.waitForSelector("#frozen[aria-pressed=false]");
  assert.equal((await now()).speed, 60);
});

await test("a step is stalled, and goes on", async page => {
  await page.click(`${OFFER} [data-act=signOff]`);
  await page.waitForSelector(state("inprogress"));
  await page.click(`${OFFER} [data-act=stall]`);
  await page.waitForSelector(`${OFFER} [data-act=resume]:not(:disabled)`);
  const stood = await progress(page);
  await page.click("text=One day ahead");
  await page.click("text=One day ahead");
  await page.click("text=One day ahead");
  await page.waitForTimeout(600);
  assert.ok(Math.abs(await progress(page) - stood) <= 1, "it stands still");
  await page.click(`${OFFER} [data-act=resume]`);
  await page.click("text=One day ahead");
  await page.click("text=One day ahead");
  await page.click("text=One day ahead");
  await page.waitForSelector(state("complete"));
});

await test("what is refused is said", async page => {
  await page.evaluate(() => tell("POST", "operations/nobody/nothing", { action: "resume" }));
  await page.waitForFunction(() => /no publisher/.test(document.getElementById("said").textContent));
});

await test("nothing sticks out, on a telephone either", async page => {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    const out = await page.evaluate(() => [...document.querySelectorAll("body *")]
      .filter(at => at.getBoundingClientRect().right > innerWidth + 1 || at.scrollWidth > at.clientWidth + 1)
      .filter(at => getComputedStyle(at).display !== "inline")
      .map(at => at.textContent.slice(0, 40)));
    assert.deepEqual(out, [], `at ${width}`);
  }
});

// WCAG's contrast of text, for every colour that the page writes in.
await test("it can be read in light and in dark", async page => {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const contrasts = await page.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const rgb = colour => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
      };
      const luminance = colour => {
        const [r, g, b] = rgb(colour).map(it => it / 255)
          .map(it => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const background = at => {
        for (; at; at = at.parentElement) {
          const colour = getComputedStyle(at).backgroundColor;
          if (colour !== "rgba(0, 0, 0, 0)") return colour;
        }
        return "white";
      };
      return [...document.querySelectorAll("h1, h2, p, b, span, button:not(:disabled), a, select, time")]
        .filter(at => at.textContent.trim())
        .map(at => {
          const [one, other] = [luminance(getComputedStyle(at).color), luminance(background(at))];
          return { text: at.textContent.slice(0, 30),
            contrast: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) };
        });
    });
    for (const { text, contrast } of contrasts) {
      assert.ok(contrast >= 4.5, `${colorScheme}: ${text}: ${contrast}`);
    }
    await page.screenshot({ path: `${colorScheme}.png`, fullPage: true });
  }
});

await browser.close();
console.log(`conformance page: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
