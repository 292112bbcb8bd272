/** A Messages API on this machine: what tests and other programs start. */
export { FAULTS, type Fault } from "./faults.ts";
export type { Message, MessageParam, MessagesRequest, Schema, StopReason, Tool, Usage } from "./messages.ts";
export { type ModelSimulator, type ReceivedRequest, type SimulatorOptions, startModelSimulator } from "./server.ts";
export type { Script, Turn } from "./turn.ts";
