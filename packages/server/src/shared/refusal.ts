export interface RefusalParams {
  /** The typed-in field that caused it, so that a form can show the sentence beside it. */
  field?: string
  /** "Did you mean": what the user probably wanted to type. */
  suggestion?: string
  [name: string]: string | number | boolean | undefined
}

/**
 * The one error class whose words reach a user. `code` is stable (screens and tests rely on it), `message` is a
 * Chinese sentence that says what to do. Every other error is masked at the door.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly params: RefusalParams = {},
  ) {
    super(message)
    this.name = 'Refusal'
  }
}

/** The same words for "not there" and "not yours": nobody learns from a refusal what exists. */
export const notFound = (what: string) => new Refusal('NOT_FOUND', `没有找到该${what}，可能已被移走，或不在您的管辖范围内`)

export const conflict = () => new Refusal('CONFLICT', '这条记录刚刚被别人改过，请刷新后再操作')

export const forbidden = (why = '您没有权限做这一步') => new Refusal('FORBIDDEN', why)
