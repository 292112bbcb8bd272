/** The folder with the console's page and what it loads, as a file: URL that ends in a slash. */
export declare const consoleFolder: URL;
