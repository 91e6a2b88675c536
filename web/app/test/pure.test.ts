// Tests of what needs no browser. npm test has vite take the types out, which Node 20 cannot.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { levelsOf, layoutTree } from "../src/lib/arcs.ts";
import { unitsOf } from "../src/lib/bytes.ts";
import { describe, filterOf, queryOf } from "../src/lib/filter.ts";
import { addDays, bounds, day, daysBetween, signed, span } from "../src/lib/format.ts";
import { piecesOf } from "../src/lib/marks.ts";
import type { Period, Rec, Token } from "../src/lib/model.ts";
import { begin, further } from "../src/lib/paging.ts";
import { resolve } from "../src/lib/resolve.ts";
import { columnsOf, extent, inWords, stepFor, stretch } from "../src/lib/series.ts";
import { timelineSvg } from "../src/lib/timelinesvg.ts";
import { list, recordLine } from "../src/lib/words.ts";
import { bow, mainly, tiesOf } from "../src/map/ties.ts";

const names = {
  state: (code: string) => ({ IRN: "Iran", PAK: "Pakistan", IND: "India" })[code] ?? code,
  issue: (id: string) => ({ kashmir: "Kashmir" })[id] ?? id,
};

test("dates are days, months, years or nothing", () => {
  assert.equal(day("2024-04-02"), "2 Apr 2024");
  assert.equal(day("2024-04"), "Apr 2024");
  assert.equal(day("2024"), "2024");
  assert.equal(day(""), "undated");
  assert.equal(span("2024-04-22", "2024-04-24"), "22–24 Apr 2024");
  assert.equal(span("2024-01-29", "2024-02-04"), "29 Jan – 4 Feb 2024");
  assert.equal(span("2023-12-30", "2024-01-02"), "30 Dec 2023 – 2 Jan 2024");
  assert.deepEqual(bounds("2024-02"), ["2024-02-01", "2024-02-29"]);
  assert.deepEqual(bounds("2023"), ["2023-01-01", "2023-12-31"]);
  assert.equal(daysBetween("2024-02-28", "2024-03-01"), 2);
  assert.equal(addDays("2023-12-31", 1), "2024-01-01");
  assert.equal(signed(-3.41), "−3.4");
});

test("offsets are bytes", () => {
  const text = "Bogotá’s 🛢 deal";
  const unit = unitsOf(text);
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  for (let b = 0; b <= bytes.length; b++) {
    const whole = decoder.decode(bytes.slice(0, b));
    if (!whole.includes("\ufffd")) assert.equal(text.slice(0, unit(b)), whole);
  }
  assert.equal(unit(1000), text.length);
});

test("equal filters are equal addresses, and can be said in words", () => {
  const filter = filterOf(new URLSearchParams("quad=4&actor=IRN&recipient=PAK&step=week&from=2024-01-01&to=2024-01-31&aux=actual"));
  assert.equal(queryOf(filter), "actor=IRN&recipient=PAK&quad=4&aux=actual&from=2024-01-01&to=2024-01-31");
  assert.equal(describe(filter, names), "Iran → Pakistan, hostile deeds, happened, Jan 2024");
  assert.equal(describe({ either: "IRN-PAK", issue: "kashmir" }, names), "Iran and Pakistan, over Kashmir");
  assert.equal(describe({}, names), "all records");
});

test("a long list goes on where it ends", () => {
  const page = (n: number, next: string) => ({ items: Array(n).fill(0), total: 2500, next });
  let at = begin(50);
  for (const limit of [100, 200, 400, 800, 1000]) {
    at = further(at, page(at.limit, "a"));
    assert.deepEqual(at, { limit, cursor: "", before: 0 });
  }
  at = further(at, page(1000, "b"));
  assert.deepEqual(at, { limit: 1000, cursor: "b", before: 1000 });
  assert.deepEqual(further(at, page(1000, "c")), { limit: 1000, cursor: "c", before: 2000 });
});

const record = (text: string, whole: string, trigger: string, kind: Rec["kind"] = "event"): Rec => {
  const at = (part: string) => new TextEncoder().encode(text.slice(0, text.indexOf(part))).length;
  const length = (part: string) => new TextEncoder().encode(part).length;
  return {
    kind, id: trigger, story: "s", date: "2024-01-17", date_basis: "stated", text: whole, confidence: 1, reasons: [], issue: [], context: [], aux: [], asserted_by: [], codebook: "",
    text_info: { sequence: 1, start: at(whole), end: at(whole) + length(whole), trigger_start: at(trigger), trigger_end: at(trigger) + length(trigger) },
  };
};

test("a text is cut at every edge, and nothing of it is lost", () => {
  const text = "São Paulo waits. Iran condemned Pakistan and recalled its envoy. The end.";
  const sentence = "Iran condemned Pakistan and recalled its envoy.";
  const records = [record(text, sentence, "condemned"), record(text, sentence, "recalled its envoy")];
  const pieces = piecesOf(text, records);
  assert.equal(pieces.map((p) => p.text).join(""), text);
  assert.deepEqual(pieces.filter((p) => p.trigger.length).map((p) => p.text), ["condemned", "recalled its envoy"]);
  assert.deepEqual(pieces.filter((p) => p.sentence.length === 0).map((p) => p.text), ["São Paulo waits. ", " The end."]);
});

test("records are told as in the brief", () => {
  const r = { ...record("x", "x", "x"), event: ["SUPPORT"], actor: [{ code: "IRN" }, { code: "PAK" }], recipient: [{ code: "PAK" }] };
  assert.equal(recordLine(r, names), "Iran and Pakistan tied or mended relations");
  assert.equal(recordLine({ ...r, event: ["ASSAULT"], mode: ["heavy-weapons"], actor: [{ code: "IRN" }] }, names), "Iran attacked Pakistan (heavy weapons)");
  assert.equal(list(["Iran", "Iran", "", "India", "Pakistan"]), "Iran, India and Pakistan");
});

test("a search finds pairs, states and issues", () => {
  const states = [{ code: "IRN", name: "Iran" }, { code: "IRQ", name: "Iraq" }, { code: "PAK", name: "Pakistan" }, { code: "USA", name: "United States" }, { code: "PRK", name: "North Korea" }, { code: "KOR", name: "South Korea" }, { code: "ZAF", name: "South Africa" }, { code: "XAK", name: "Azad Kashmir" }];
  const issues = [{ id: "kashmir", name: "Kashmir" }];
  const first = (text: string) => resolve(text, states, issues)[0]?.href;
  assert.equal(first("iran pak"), "/pair/IRN-PAK");
  assert.equal(first("Pakistan – Iran"), "/pair/IRN-PAK");
  assert.equal(first("usa north korea"), "/pair/PRK-USA");
  assert.equal(first("irn"), "/actor/IRN");
  assert.equal(first("kash"), "/issue/kashmir");
  assert.equal(first("south kor"), "/actor/KOR");
  assert.deepEqual(resolve("  ", states, issues), []);
});

const period = (start: string, end: string, ab: [number, number, number, number]): Period => ({
  start, end, both: { count: 0 }, ab: { count: 1, by_quad: ab }, ba: { count: 0 }, share_of_pair: 0, share_of_all: 0, stock_up: 0, stock_down: 0, stories: 1,
});
const periods = [period("2024-01-01", "2024-01-31", [2, 1, 0, 3]), period("2024-02-01", "2024-02-29", [0, 0, 1, 0])];

test("the time line stacks words on deeds, and a brush covers whole periods", () => {
  const c = columnsOf(periods, "ab");
  assert.deepEqual([c.friendly, c.friendlyDeeds], [[3, 0], [1, 0]]);
  assert.equal(c.hostile[0], -3);
  assert.deepEqual(extent(periods), [-3, 3]);
  assert.deepEqual(stretch(periods, Date.parse("2024-01-20") / 1000, Date.parse("2024-02-02") / 1000), ["2024-01-01", "2024-02-29"]);
  assert.deepEqual(stretch(periods, Date.parse("2024-02-10") / 1000, Date.parse("2024-02-20") / 1000), ["2024-02-01", "2024-02-29"]);
  assert.equal(stretch(periods, 0, 1), null);
  assert.equal(inWords(periods[0]!.ab), "2 friendly words, 1 friendly deed, 3 hostile deeds");
  assert.equal(stepFor("2024-01-01", "2024-02-01"), "day");
  assert.equal(stepFor("1995-01-01", "2024-02-01"), "quarter");
  const svg = timelineSvg(periods, [], ["A & B", "<C>"], "note");
  assert.ok(svg.includes("A &amp; B → &lt;C&gt;") && !svg.includes("NaN") && !svg.includes('height="-'));
});

test("arcs do not run through one another's levels", () => {
  const heads = [1, -1, 3, 1, 5, 3, 1];
  const tokens = heads.map((Head, i) => ({ Text: "w" + i, Head, Rel: "obj", UPOS: "NOUN" }) as Token);
  const levels = levelsOf(tokens);
  heads.forEach((h, i) => {
    heads.forEach((g, k) => {
      if (h < 0 || g < 0 || i === k) return;
      const [a, b, c, d] = [Math.min(i, h), Math.max(i, h), Math.min(k, g), Math.max(k, g)];
      if (a <= c && d <= b && b - a > d - c) assert.ok(levels[i]! > levels[k]!, `${i} spans ${k}`);
    });
  });
  const { arcs, width } = layoutTree(tokens);
  assert.equal(arcs.length, tokens.length);
  assert.ok(width > 0 && !arcs.some((a) => a.d.includes("NaN")));
});

test("the map is cut to where most happens", () => {
  const row = (a: string, b: string, n: number) => ({ pair: `${a}-${b}`, a, b, friendly: n, hostile_words: 0, hostile_deeds: 0, sign: n >= 5 ? 1 : 0, tension: 0, score: 0, direction: "" });
  const ties = tiesOf([row("IRN", "PAK", 90), row("IRN", "IND", 40), row("IRN", "USA", 1), row("IGO", "IRN", 9), row("A", "B", 0)]);
  assert.deepEqual(ties.map((t) => t.row.pair), ["IRN-USA", "IND-IRN", "IRN-PAK"].map((p) => (p === "IND-IRN" ? "IRN-IND" : p)));
  assert.ok(!mainly(ties).includes("USA"));
  assert.equal(bow(0, 0, 10, 0, 0).d, "M0,0Q5,0 10,0");
});

test("colours can be read: 4.5 to 1 for text, on every paper", () => {
  const css = readFileSync("src/style/base.css", "utf8");
  for (const block of css.match(/:root[^{]*\{[^}]*--paper[^}]*\}/g) ?? []) {
    const color = Object.fromEntries([...block.matchAll(/--([\w-]+):\s*#(\w{6})/g)].map((m) => [m[1], m[2]!]));
    const light = (hex: string) => {
      const [r, g, b] = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const contrast = (a: string, b: string) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    for (const paper of ["paper", "raised", "sunk"]) {
      for (const ink of ["ink", "soft", "coop", "conf"]) {
        const ratio = contrast(color[ink]!, color[paper]!);
        assert.ok(ratio >= 4.5, `${ink} on ${paper}: ${ratio.toFixed(2)}`);
      }
      assert.ok(contrast(color.flat!, color[paper]!) >= 3, `flat on ${paper}`);
    }
    assert.ok(contrast(color.ink!, color.mark!) >= 4.5, "ink on mark");
  }
});
