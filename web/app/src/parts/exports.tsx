// What a view can be taken away as.
import { useRef } from "preact/hooks";
import { notify } from "../lib/notice.ts";
import { authorized, token } from "../lib/token.ts";
import { withOrigin } from "../lib/origin.ts";
import { fileName, save, savePng, svgCanvas, svgText } from "../lib/download.ts";

export interface Export {
  label: string;
  href?: string;
  run?: () => void;
}

export function Exports({ items, label = "Export" }: { items: Export[]; label?: string }) {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => details.current?.removeAttribute("open");
  const leave = (event: FocusEvent) => {
    if (!details.current?.contains(event.relatedTarget as Node | null)) close();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
    details.current?.querySelector("summary")?.focus();
  };
  return (
    <details class="menu" ref={details} onFocusOut={leave} onKeyDown={key}>
      <summary>{label}</summary>
      <ul>
        {items.map((item) => (
          <li key={item.label}>
            {item.href ? (
              <a href={item.href} onClick={(event) => token() && void fetched(event, item.href!)} download={item.href.includes("format=html") ? undefined : ""} target={item.href.includes("format=html") ? "_blank" : undefined} rel="noopener">
                {item.label}
              </a>
            ) : (
              <button type="button" onClick={() => (item.run?.(), close())}>
                {item.label}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** With a token a file is fetched first, since a link cannot carry it. */
async function fetched(event: MouseEvent, href: string): Promise<void> {
  event.preventDefault();
  const answer = await fetch(href, { headers: authorized() });
  if (!answer.ok) return notify({ text: `The export failed: ${answer.status} ${answer.statusText}` });
  const name = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
  save(name ?? fileName([href.split("?")[0]!.split("/").pop() ?? "export"], new URLSearchParams(href.split("?")[1]).get("format") ?? "txt"), answer.headers.get("Content-Type") ?? "", await answer.blob());
}

/** The addresses of records under a filter, in every form that the API has. */
export function recordExports(path: string, forms: string[] = ["csv", "jsonl", "parquet", "geojson"]): Export[] {
  const names: Record<string, string> = { csv: "CSV", jsonl: "JSON lines", parquet: "Parquet", geojson: "GeoJSON (places)", graphml: "GraphML" };
  const whole = withOrigin(path);
  const joined = (form: string) => whole + (whole.includes("?") ? "&" : "?") + "format=" + form;
  return forms.map((form) => ({ label: names[form] ?? form, href: joined(form) }));
}

/** A drawing as SVG and PNG. */
export function drawingExports(svg: () => SVGSVGElement | null, name: string): Export[] {
  return [
    { label: "SVG", run: () => { const s = svg(); if (s) save(fileName([name], "svg"), "image/svg+xml", svgText(s)); } },
    { label: "PNG", run: () => { const s = svg(); if (s) savePng(fileName([name], "png"), svgCanvas(s)); } },
  ];
}
