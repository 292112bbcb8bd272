/** Runs a script of this folder as a command: 2 and its help for arguments it does not take, else the exit code it gives. */

/** @param main throws TypeError, as `parseArgs` does, for arguments it does not take. */
export async function asCommand(
  main: (args: readonly string[]) => Promise<number | undefined>,
  help: string,
): Promise<void> {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n${help}`);
    process.exitCode = 2;
  }
}
