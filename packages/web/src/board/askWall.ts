import { stringifyDocument, type TypedDocumentNode } from '@urql/core'

/** One question or act with a link's token (or with one's own session): a wall has no signed-in client. */
export async function askWall<Data, Variables extends object>(
  token: string | undefined,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const answer = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query: stringifyDocument(document), variables }),
  })
  const { data, errors } = (await answer.json()) as { data?: Data; errors?: { message: string; extensions?: { code?: string } }[] }
  if (!data || errors?.length) throw new WallRefused(errors?.[0]?.message ?? String(answer.status), errors?.[0]?.extensions?.code ?? '')
  return data
}
export class WallRefused extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message)
  }
}
