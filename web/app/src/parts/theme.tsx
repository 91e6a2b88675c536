// Light and dark: as the system has it, until somebody says otherwise.
import { useEffect, useState } from "preact/hooks";

const key = "dyad-theme";
const themes = ["", "light", "dark"] as const;
const labels: Record<string, string> = { "": "Colours of the system", light: "Light", dark: "Dark" };
const signs: Record<string, string> = { "": "◐", light: "○", dark: "●" };

const apply = (theme: string): void => {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  dispatchEvent(new Event("dyad:theme"));
};

export function startTheme(): void {
  apply(localStorage.getItem(key) ?? "");
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dispatchEvent(new Event("dyad:theme")));
}

/** Counts up when the colours change: canvases have to be drawn anew. */
export function useTheme(): number {
  const [turn, set] = useState(0);
  useEffect(() => {
    const update = () => set((n) => n + 1);
    addEventListener("dyad:theme", update);
    return () => removeEventListener("dyad:theme", update);
  }, []);
  return turn;
}

export function ThemeButton() {
  const [theme, set] = useState(localStorage.getItem(key) ?? "");
  const turn = () => {
    const next = themes[(themes.indexOf(theme as "") + 1) % themes.length]!;
    localStorage.setItem(key, next);
    set(next);
    apply(next);
  };
  return (
    <button type="button" class="quiet theme" onClick={turn} title={labels[theme]} aria-label={`${labels[theme]}; change`}>
      {signs[theme]}
    </button>
  );
}
