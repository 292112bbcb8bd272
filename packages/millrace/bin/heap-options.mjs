/**
 * How the engine's process keeps its memory small. Plain JavaScript without dependencies, like run.mjs.
 *
 * A small young generation, where Node's own choice for a large machine lets the process grow past 280 MB at 50 forms a second.
 * And an old one that is collected early: what is alive in a rush is some 80 MB, but Node lets the heap grow past 200 MB
 * before it looks for what is not. Draining 20,000 forms over HTTP, one a request and a hundred, the process takes:
 *
 *   young 16, old from 80, growing by 30 %    223 and 238 MB, CPU 0.79 and 0.35 s per 1,000
 *   young 8, old from 100, growing by 30 %    222 and 226 MB, CPU 0.90 and 0.46 s
 *   young 16 alone                            256 and 321 MB, CPU 0.82 and 0.31 s
 *   young 8 alone                             331 and 316 MB, CPU 0.88 and 0.35 s
 *
 * These are no limits: what has to be kept is kept.
 */
export const HEAP_OPTIONS = ["--max-semi-space-size=16", "--initial-old-space-size=80", "--heap-growing-percent=30"];
