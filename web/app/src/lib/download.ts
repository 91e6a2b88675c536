// Files made on the page itself: charts, map and network as they are drawn.

export function save(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** "dyad-IRN-PAK-timeline.svg" */
export const fileName = (parts: string[], ending: string): string =>
  ["dyad", ...parts].filter(Boolean).join("-").replace(/[^\w.-]+/g, "-") + "." + ending;

const kept = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
  "paint-order", "stroke-linejoin", "font-family", "font-size", "font-weight", "text-anchor", "opacity"];

/** What a drawing lies on: its own colour, that of what it lies in, at last that of the page. */
export function paperOf(element: Element): string {
  for (let e: Element | null = element; e; e = e.parentElement) {
    const color = getComputedStyle(e).backgroundColor;
    if (color && color !== "transparent" && !/, 0\)$/.test(color)) return color;
  }
  return "#fff";
}

/** A drawing with its styles written into it, so that it looks the same without the page's style sheet. */
export function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of kept) {
      const value = style.getPropertyValue(name);
      if (value) to[i]!.setAttribute(name, value);
    }
    for (const name of ["class", "tabindex", "role", "aria-label"]) if (i > 0) to[i]!.removeAttribute(name);
  });
  const box = svg.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height));
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.setAttribute("fill", paperOf(svg));
  copy.insertBefore(paper, copy.firstChild);
  return new XMLSerializer().serializeToString(copy);
}

/** Paints a drawing made of paths, lines, circles, rectangles and text. The usual way, an image with a blob: address,
 *  is what the server's policy forbids. */
export function svgCanvas(svg: SVGSVGElement, scale = 2): HTMLCanvasElement {
  const box = svg.viewBox.baseVal;
  const canvas = document.createElement("canvas");
  canvas.width = box.width * scale;
  canvas.height = box.height * scale;
  const c = canvas.getContext("2d")!;
  c.fillStyle = paperOf(svg);
  c.fillRect(0, 0, canvas.width, canvas.height);
  const base = new DOMMatrix().scale(scale).translate(-box.x, -box.y);
  // getCTM maps to the drawing's size on the screen; what is wanted is the view box.
  const root = svg.getCTM()?.inverse() ?? new DOMMatrix();
  for (const element of svg.querySelectorAll<SVGGraphicsElement>("path, line, circle, rect, text")) {
    const ctm = element.getCTM();
    if (!ctm) continue;
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility === "hidden") continue;
    c.setTransform(base.multiply(DOMMatrix.fromMatrix(root)).multiply(DOMMatrix.fromMatrix(ctm)));
    paint(c, element, style);
  }
  return canvas;
}

function paint(c: CanvasRenderingContext2D, element: SVGGraphicsElement, style: CSSStyleDeclaration): void {
  c.globalAlpha = Number(style.opacity || 1) * (element.parentElement ? Number(getComputedStyle(element.parentElement).opacity || 1) : 1);
  if (element instanceof SVGTextElement) {
    c.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    c.textAlign = style.textAnchor === "middle" ? "center" : style.textAnchor === "end" ? "right" : "left";
    const at = [Number(element.getAttribute("x") ?? 0), Number(element.getAttribute("y") ?? 0)] as const;
    if (style.stroke !== "none") {
      // The halo that keeps a name readable on lines.
      c.strokeStyle = style.stroke;
      c.lineWidth = parseFloat(style.strokeWidth) || 1;
      c.lineJoin = "round";
      c.strokeText(element.textContent ?? "", ...at);
    }
    c.fillStyle = style.fill;
    c.fillText(element.textContent ?? "", ...at);
    return;
  }
  const path = pathOf(element);
  if (style.fill !== "none") {
    c.fillStyle = style.fill;
    c.fill(path);
  }
  if (style.stroke !== "none") {
    c.strokeStyle = style.stroke;
    c.lineWidth = parseFloat(style.strokeWidth) || 1;
    c.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
    c.stroke(path);
  }
}

function pathOf(element: SVGGraphicsElement): Path2D {
  const number = (name: string) => Number(element.getAttribute(name) ?? 0);
  if (element instanceof SVGPathElement) return new Path2D(element.getAttribute("d") ?? "");
  const path = new Path2D();
  if (element instanceof SVGLineElement) {
    path.moveTo(number("x1"), number("y1"));
    path.lineTo(number("x2"), number("y2"));
  } else if (element instanceof SVGCircleElement) path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
  else path.rect(number("x"), number("y"), number("width"), number("height"));
  return path;
}

export function savePng(name: string, canvas: HTMLCanvasElement): void {
  canvas.toBlob((blob) => blob && save(name, "image/png", blob));
}
