/** A figure that a test has found, for whoever reads its output. */
export const told = (words: string): void => void process.stdout.write(`    ${words}\n`)
