/** Prints the help and ends when it is asked for. */
export function usage(text, args = process.argv.slice(2)) {
  if (!args.includes('--help') && !args.includes('-h')) return
  console.log(text.trim())
  process.exit(0)
}

/** Runs a script; a failure is one line, not a stack. */
export async function script(main) {
  try {
    await main()
  } catch (error) {
    console.error(error?.constructor?.name === 'Failed' ? error.message : error)
    process.exit(error?.code > 0 ? error.code : 1)
  }
}
