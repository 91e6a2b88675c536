// Bars of friendly and hostile happenings on one axis, and a row of them over time.
import type { Quads } from "../lib/model.ts";
import { go } from "../lib/router.ts";

/** One bar: deeds stand on the axis, words on deeds. */
export function Bar({ q, x, width: w, axis, scale }: { q: Quads; x: number; width: number; axis: number; scale: number }) {
  const [fw, fd, hw, hd] = q.map((n) => n * scale) as Quads;
  return (
    <>
      <rect class="coop" x={x} y={axis - fd} width={w} height={fd} />
      <rect class="coop pale" x={x} y={axis - fd - fw} width={w} height={fw} />
      <rect class="conf" x={x} y={axis} width={w} height={hd} />
      <rect class="conf pale" x={x} y={axis + hd} width={w} height={hw} />
    </>
  );
}

/** The part of a row that one period has: a link for the pointer, since the table behind is the one for the keyboard. */
export function Slot({ q, x, y = 0, step, height, axis, scale, title, href }: { q: Quads; x: number; y?: number; step: number; height: number; axis: number; scale: number; title: string; href: string }) {
  return (
    <a href={href} tabIndex={-1} onClick={(e) => { e.preventDefault(); if (q.some((n) => n)) go(href); }}>
      <title>{title}</title>
      <rect class="hit" x={x} y={y} width={step} height={height} />
      <Bar q={q} x={x} width={Math.min(26, step * 0.8)} axis={axis} scale={scale} />
    </a>
  );
}
