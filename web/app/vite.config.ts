import { defineConfig } from "vite";

// Where `npm run dev` finds the API: a `dyad serve` beside it.
const api = "http://127.0.0.1:8080";

export default defineConfig({
  build: {
    target: "es2022",
    // The strict policy of the server forbids data: addresses, so that nothing may be inlined.
    assetsInlineLimit: 0,
    // Browsers of the target know modulepreload; the polyfill would be dead weight.
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { "/api": api, "/openapi.json": api, "/alerts.rss": api } },
});
