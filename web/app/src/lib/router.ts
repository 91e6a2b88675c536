// Addresses. Everything that a view shows is in its address, so that it can be sent to a colleague: there is no
// other state that outlives a click.
import { useEffect, useState } from "preact/hooks";
import { keepOrigin } from "./origin.ts";

export interface Where {
  path: string;
  query: URLSearchParams;
}

const here = (): Where => ({ path: location.pathname, query: new URLSearchParams(location.search) });
const moved = "dyad:moved";

export function go(href: string, replace = false): void {
  const kept = keepOrigin(href);
  if (replace) history.replaceState(null, "", kept);
  else history.pushState(null, "", kept);
  dispatchEvent(new Event(moved));
}

/** The address with some parameters changed; an empty value takes one away. */
export function hrefWith(where: Where, change: Record<string, string>): string {
  const query = new URLSearchParams(where.query);
  for (const [name, value] of Object.entries(change)) {
    if (value === "") query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return where.path + (text ? "?" + text : "");
}

export function useWhere(): Where {
  const [where, set] = useState(here);
  useEffect(() => {
    const update = () => set(here());
    addEventListener("popstate", update);
    addEventListener(moved, update);
    return () => {
      removeEventListener("popstate", update);
      removeEventListener(moved, update);
    };
  }, []);
  return where;
}

/** What the server answers itself; everything else is a page. */
const served = /^\/(api|assets)\/|^\/(alerts\.rss|openapi\.json|metrics|healthz|readyz)$/;

/** Links inside the page change the address without loading the page anew; all others are left to the browser. */
export function followLinks(): void {
  addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (served.test(link.pathname)) return;
    if (link.pathname === location.pathname && link.hash) return;
    event.preventDefault();
    const same = link.pathname === location.pathname;
    go(link.pathname + link.search + link.hash);
    if (!same) scrollTo(0, 0);
  });
}
