import { useData } from "../lib/api.ts";
import { count } from "../lib/format.ts";
import { useHere } from "../lib/names.tsx";
import { hrefWith } from "../lib/router.ts";

const labels: Record<string, string> = { dyad: "dyad", icews: "ICEWS", gdelt: "GDELT", phoenix: "Phoenix", polecat: "POLECAT" };

/** Whose events the views show, where the store holds those of more than one project. */
export function Origins() {
  const here = useHere();
  const chosen = here.query.get("origin") ?? "";
  const items = useData<{ items: { origin: string; count: number }[] }>("/api/counts?by=origin&origin=all").data?.items ?? [];
  if (items.length < 2 && (items.length === 0 || items[0]!.origin === "dyad")) return null;
  const choice = (value: string, label: string, n: number) => (
    <a href={hrefWith(here, { origin: value })} aria-current={chosen === value ? "true" : undefined}>{label} {count(n)}</a>
  );
  return (
    <p class="small origins">
      <span class="soft">Coded by</span>{" "}
      <span class="choice" role="group" aria-label="Whose events are shown">
        {items.map((o) => choice(o.origin === "dyad" ? "" : o.origin, labels[o.origin] ?? o.origin, o.count))}
        {items.length > 1 && choice("all", "all", items.reduce((sum, o) => sum + o.count, 0))}
      </span>
    </p>
  );
}
