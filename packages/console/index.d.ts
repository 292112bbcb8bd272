/** The folder with the console's page and what it loads, as a file: URL that ends in a slash. In a checkout it is made by build.mjs. */
export declare const consoleFolder: URL;
