/** Whether dist/ was made of the sources as they are. */
export declare function isConsoleBuilt(): boolean;
/** Builds it anew. The folder is replaced in one step. */
export declare function buildConsole(): Promise<void>;
