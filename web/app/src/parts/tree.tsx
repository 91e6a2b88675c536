// A sentence's dependency tree: the words in their order, each joined by an arc to the word that governs it.
import { useRef } from "preact/hooks";
import type { Token } from "../lib/model.ts";
import { layoutTree } from "../lib/arcs.ts";
import { drawingExports, Exports } from "./exports.tsx";

export function Tree({ tokens, fired }: { tokens: Token[]; fired: Set<number> }) {
  const box = useRef<HTMLDivElement>(null);
  const { words, arcs, width, base, height } = layoutTree(tokens);
  return (
    <figure class="tree">
      <div class="scroll" ref={box} tabIndex={0} role="region" aria-label="Dependency tree; the table of words says the same">
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
          {arcs.map((a) => (
            <g key={a.to} class={"arc" + (a.strong ? " strong" : "")}>
              <path d={a.d} />
              <path class="tip" d={a.tip} />
              <rect class="plate" x={a.x - a.rel.length * 2.9 - 2} y={a.y - 7} width={a.rel.length * 5.8 + 4} height="12" />
              <text x={a.x} y={a.y + 3} text-anchor="middle">{a.rel}</text>
            </g>
          ))}
          {words.map((w, i) => (
            <g key={i} class={"word" + (fired.has(i) ? " fired" : "")}>
              <text x={w.x} y={base} text-anchor="middle">{w.text}</text>
              <text class="pos" x={w.x} y={base + 15} text-anchor="middle">{w.pos}</text>
            </g>
          ))}
        </svg>
      </div>
      <Exports label="Tree" items={drawingExports(() => box.current?.querySelector("svg") ?? null, "tree")} />
    </figure>
  );
}
