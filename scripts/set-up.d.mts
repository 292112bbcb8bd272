/** Installs what the folder's package-lock.json says, unless it is there. @returns npm's exit code, 0 when there was nothing to do. */
export declare function setUp(folder: string): Promise<number>;
