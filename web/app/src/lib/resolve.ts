// What somebody means who types "iran pak", "kashmir" or "IRN".

export interface Found {
  href: string;
  label: string;
  what: string;
}
interface Named {
  code: string;
  name: string;
}

const fold = (s: string): string => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

/** How well a name answers to what was typed: lower is better, -1 not at all. */
function rank(typed: string, code: string, name: string): number {
  const n = fold(name);
  if (typed === code.toLowerCase() || typed === n) return 0;
  if (n.startsWith(typed)) return 1;
  if (n.split(/[\s-]+/).some((word) => word.startsWith(typed))) return 2;
  return -1;
}

function best(typed: string, from: Named[], most: number): Named[] {
  return from
    .map((s) => ({ s, r: rank(typed, s.code, s.name) }))
    .filter((x) => x.r >= 0)
    .sort((a, b) => a.r - b.r || a.s.name.length - b.s.name.length || a.s.name.localeCompare(b.s.name))
    .slice(0, most)
    .map((x) => x.s);
}

/** What a search leads to, the likeliest first: pairs where two countries are named, then countries and issues. */
export function resolve(text: string, states: Named[], issues: { id: string; name: string }[]): Found[] {
  // "/" brings the cursor to the search; who types it there again means nothing by it.
  const typed = fold(text.replace(/^\/+/, "").trim());
  if (!typed) return [];
  const found: Found[] = [];
  const words = typed.split(/\s*(?:,|–|-| and |\s)\s*/).filter(Boolean);
  for (let cut = 1; cut < words.length; cut++) {
    const left = best(words.slice(0, cut).join(" "), states, 2);
    const right = best(words.slice(cut).join(" "), states, 2);
    for (const a of left) {
      for (const b of right) {
        if (a.code === b.code) continue;
        found.push({ href: `/pair/${[a.code, b.code].sort().join("-")}`, label: `${a.name} – ${b.name}`, what: "pair" });
      }
    }
  }
  for (const s of best(typed, states, 4)) found.push({ href: "/actor/" + s.code, label: s.name, what: "actor" });
  const asNamed = issues.map((i) => ({ code: i.id, name: i.name }));
  for (const i of best(typed, asNamed, 4)) found.push({ href: "/issue/" + i.code, label: i.name, what: "issue" });
  return found.filter((f, i) => found.findIndex((g) => g.href === f.href) === i).slice(0, 8);
}
