// The way to any pair, country or issue: type two names for a pair. "/" brings the cursor here.
import { useEffect, useRef, useState } from "preact/hooks";
import { useKnown } from "../lib/names.tsx";
import { resolve } from "../lib/resolve.ts";
import { go } from "../lib/router.ts";

export function Search() {
  const known = useKnown();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const found = resolve(text, known.states, known.codebook.issues);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || (event.target as Element).closest("input, textarea, select")) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
  const choose = (i: number) => {
    const item = found[i];
    if (!item) return;
    setText("");
    setOpen(false);
    input.current?.blur();
    go(item.href);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((n) => Math.min(n + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt((n) => Math.max(n - 1, 0));
    else if (event.key === "Enter") choose(at);
    else if (event.key === "Escape") setOpen(false);
    else return;
    event.preventDefault();
  };
  const shown = open && text.trim() !== "";
  return (
    <div class="search" role="search">
      <input
        ref={input}
        type="text"
        value={text}
        placeholder="Iran Pakistan, kashmir …"
        aria-label="Find a pair, a country or an issue"
        role="combobox"
        aria-expanded={shown}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant={shown && found[at] ? "found-" + at : undefined}
        autoComplete="off"
        spellcheck={false}
        onInput={(e) => { setText(e.currentTarget.value); setAt(0); setOpen(true); }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={key}
      />
      <kbd aria-hidden="true">/</kbd>
      {shown && (
        <ul id="found" role="listbox" aria-label="Found">
          {found.map((f, i) => (
            <li key={f.href} id={"found-" + i} role="option" aria-selected={i === at} onMouseDown={(e) => { e.preventDefault(); choose(i); }} onMouseEnter={() => setAt(i)}>
              {f.label} <span class="soft">{f.what}</span>
            </li>
          ))}
          {found.length === 0 && <li class="soft" role="option" aria-selected="false" aria-disabled="true">No country or issue of that name</li>}
        </ul>
      )}
    </div>
  );
}
