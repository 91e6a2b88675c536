// The frame around every view: the line at the top, the view, the drawer of evidence, and notices at the foot.
import { render, type ComponentType } from "preact";
import { useEffect, useErrorBoundary, useRef, useState } from "preact/hooks";
import { useStream, type News } from "./lib/live.ts";
import { KnownContext, useNames, WhereContext } from "./lib/names.tsx";
import { onNotice, type Notice } from "./lib/notice.ts";
import { followLinks, useWhere } from "./lib/router.ts";
import { plural } from "./lib/format.ts";
import { TokenForm } from "./parts/basics.tsx";
import { Drawer } from "./parts/drawer.tsx";
import { Search } from "./parts/search.tsx";
import { startTheme, ThemeButton } from "./parts/theme.tsx";
import "./style/base.css";
import "./style/frame.css";
import "./style/parts.css";
import "./style/views.css";

export interface PageProps {
  id: string; // what stands after the name of the page: "IRN-PAK" in /pair/IRN-PAK
}

// Each page is a file of its own, fetched when it is first wanted.
const pages: Record<string, () => Promise<{ default: ComponentType<PageProps> }>> = {
  "": () => import("./pages/home.tsx"),
  pair: () => import("./pages/pair.tsx"),
  issues: () => import("./pages/issues.tsx"),
  issue: () => import("./pages/issue.tsx"),
  actor: () => import("./pages/actor.tsx"),
  stories: () => import("./pages/stories.tsx"),
  story: () => import("./pages/story.tsx"),
  records: () => import("./pages/records.tsx"),
  explain: () => import("./pages/explain.tsx"),
  sources: () => import("./pages/sources.tsx"),
  compare: () => import("./pages/compare.tsx"),
};

const links = [
  ["/", "Home"],
  ["/compare", "Compare"],
  ["/records", "Records"],
  ["/issues", "Issues"],
  ["/stories", "Stories"],
  ["/explain", "Explain"],
  ["/sources", "Sources"],
] as const;

function App() {
  const where = useWhere();
  const known = useNames();
  const { open, news, seen } = useStream();
  const [, name = "", ...rest] = where.path.split("/");
  return (
    <WhereContext.Provider value={where}>
      <KnownContext.Provider value={known}>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="mark" href="/" aria-label="dyad, home">dyad</a>
          <nav aria-label="Pages">
            {links.map(([href, label]) => (
              <a key={href} href={href} aria-current={"/" + name === href ? "page" : undefined}>{label}</a>
            ))}
          </nav>
          <Search />
          <Live open={open} news={news} seen={seen} />
          <ThemeButton />
        </header>
        <main id="main" tabIndex={-1}>
          {known.locked ? <Locked /> : <Page name={name} id={decoded(rest.join("/"))} />}
        </main>
        {!known.locked && <Drawer />}
        <Notices />
      </KnownContext.Provider>
    </WhereContext.Provider>
  );
}

/** What an address says, or the address itself where it cannot be read: "/story/100%". */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function Page({ name, id }: { name: string; id: string }) {
  const [loaded, set] = useState<{ name: string; view: ComponentType<PageProps> } | null>(null);
  const [failed, setFailed] = useState(false);
  const [broken, mend] = useErrorBoundary((error) => console.error(error));
  const first = useRef(true);
  useEffect(() => {
    let current = true;
    setFailed(false);
    pages[name]?.().then(
      (module) => {
        if (!current) return;
        set({ name, view: module.default });
        // Whoever is typing already, in the search, is not taken away from it.
        if (!first.current && !document.activeElement?.matches("input, textarea, select")) document.getElementById("main")?.focus({ preventScroll: true });
        first.current = false;
      },
      () => current && setFailed(true),
    );
    return () => { current = false; };
  }, [name]);
  useEffect(() => { if (broken) mend(); }, [name, id]);
  if (broken) return <div class="failed" role="alert"><p><strong>This view broke.</strong> {String(broken)}</p><button type="button" onClick={() => location.reload()}>Load it anew</button></div>;
  if (!pages[name]) return <NoPage />;
  if (failed) return <div class="failed" role="alert"><p>This page could not be loaded: dyad does not answer.</p><button type="button" onClick={() => location.reload()}>Try again</button></div>;
  if (loaded?.name !== name) return <div class="loading" role="status"><span class="unseen">Loading</span></div>;
  const View = loaded.view;
  return <View key={name + "/" + id} id={id} />;
}

function Locked() {
  return (
    <div class="narrow">
      <h1>This server wants a token</h1>
      <p class="soft">Whoever started it has it in a file. It is kept until this tab is closed.</p>
      <TokenForm />
    </div>
  );
}

function NoPage() {
  useEffect(() => { document.title = "No such page · dyad"; }, []);
  return (
    <div class="narrow">
      <h1>No such page</h1>
      <p>There is nothing at {location.pathname}. Search for a country, a pair or an issue above, or go <a href="/">home</a>.</p>
    </div>
  );
}

function Live({ open, news, seen }: { open: boolean; news: News; seen: () => void }) {
  const parts = [news.stories ? plural(news.stories, "new story", "new stories") : "", news.alerts.length ? plural(news.alerts.length, "new alert") : ""].filter(Boolean);
  return (
    <span class={"live" + (open ? " open" : "")} role="status" title={open ? "The page updates itself" : "Not connected: the page does not update itself"}>
      <i aria-hidden="true" />
      {parts.length ? <button type="button" class="quiet" onClick={seen}>{parts.join(", ")}</button> : <span class="word">{open ? "live" : "offline"}</span>}
    </span>
  );
}

function Notices() {
  const [notice, set] = useState<Notice | null>(null);
  useEffect(() => onNotice(set), []);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => set(null), 12_000);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div class="notices" role="status" aria-live="polite">
      {notice && (
        <p>
          {notice.text}
          {notice.undo && <button type="button" onClick={() => { notice.undo?.(); set(null); }}>Undo</button>}
          <button type="button" class="quiet" onClick={() => set(null)} aria-label="Close">×</button>
        </p>
      )}
    </div>
  );
}

startTheme();
followLinks();
render(<App />, document.getElementById("app")!);
