import pg from 'pg'

/** A connection of its own to PostgreSQL. When it breaks the next statement says so; an error that nobody listens to would end the program. */
export async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return client
}
