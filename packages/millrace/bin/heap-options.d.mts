export declare const HEAP_OPTIONS: string[];
