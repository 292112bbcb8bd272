/**
 * How the engine's process keeps its memory small. Plain JavaScript without dependencies, like run.mjs.
 *
 * A small young generation: at 50 forms a second the process then stays near 220 MB, where Node's own choice for a large
 * machine lets it grow past 280. And an old one that is collected early: what is alive in a rush is some 80 MB, but Node
 * lets the heap grow past 200 MB before it looks for what is not. Draining 20,000 forms over HTTP the process takes 216 MB
 * (one form a request) and 232 MB (a hundred) instead of 368 and 374; its own processor time is the same in the first case and
 * a sixth more in the second. These are no limits: what has to be kept is kept.
 */
export const HEAP_OPTIONS = ["--max-semi-space-size=16", "--initial-old-space-size=80", "--heap-growing-percent=30"];
