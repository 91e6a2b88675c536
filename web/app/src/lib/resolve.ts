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

function best(typed: string, from: Named[], most: number): { named: Named; rank: number }[] {
  return from
    .map((named) => ({ named, rank: rank(typed, named.code, named.name) }))
    .filter((x) => x.rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.named.name.length - b.named.name.length || a.named.name.localeCompare(b.named.name))
    .slice(0, most);
}

/** What a search leads to, the likeliest first. "south korea" is a country before it is a pair of South Africa and
 *  North Korea; "kashm" is the issue before it is Azad Kashmir. */
export function resolve(text: string, states: Named[], issues: { id: string; name: string }[]): Found[] {
  // "/" brings the cursor to the search; who types it there again means nothing by it.
  const typed = fold(text.replace(/^\/+/, "").trim());
  if (!typed) return [];
  const found: (Found & { far: number })[] = [];
  const words = typed.split(/\s*(?:,|–|-| and |\s)\s*/).filter(Boolean);
  for (let cut = 1; cut < words.length; cut++) {
    for (const a of best(words.slice(0, cut).join(" "), states, 2)) {
      for (const b of best(words.slice(cut).join(" "), states, 2)) {
        const [x, y] = [a.named, b.named];
        if (x.code === y.code) continue;
        found.push({ href: `/pair/${[x.code, y.code].sort().join("-")}`, label: `${x.name} – ${y.name}`, what: "pair", far: 1.2 + 0.4 * (a.rank + b.rank) });
      }
    }
  }
  const far = (rank: number) => (rank === 0 ? 0 : rank + 0.5);
  for (const { named, rank } of best(typed, states, 4)) found.push({ href: "/actor/" + named.code, label: named.name, what: "actor", far: far(rank) });
  const asNamed = issues.map((i) => ({ code: i.id, name: i.name }));
  for (const { named, rank } of best(typed, asNamed, 4)) found.push({ href: "/issue/" + named.code, label: named.name, what: "issue", far: far(rank) });
  return found
    .sort((a, b) => a.far - b.far)
    .filter((f, i) => found.findIndex((g) => g.href === f.href) === i)
    .slice(0, 8)
    .map(({ href, label, what }) => ({ href, label, what }));
}
