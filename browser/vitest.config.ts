/** How the browser parts are tested: in Node; a test that needs a page asks for it in its first line. */

import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { ENGINE_FILE: '"harfbuzz.wasm"' },
  test: {
    include: ["*/test/**/*.test.ts", "*/test/**/*.test.tsx"],
    environment: "node",
    testTimeout: 30_000,
    allowOnly: !process.env.CI,
  },
});
