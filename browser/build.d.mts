/** The types of build.mjs, for the tests that build. */

import type { BuildOptions, build as esbuildBuild } from "esbuild";

export declare const apiOptions: BuildOptions;
export declare const customiserOptions: BuildOptions;
export declare const build: typeof esbuildBuild;
export declare function compressed(bytes: Uint8Array): Uint8Array;
