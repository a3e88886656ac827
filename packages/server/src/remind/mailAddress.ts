const ADDRESS = /^[^\s@<>"',;:()[\]\\]{1,64}@[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z]{2,24}$/i

export const isMailAddress = (text: string): boolean => text.length <= 120 && ADDRESS.test(text)

/** l***@example.com */
export const maskMail = (address: string | null | undefined): string | null =>
  address ? `${address.slice(0, 1)}***${address.slice(address.indexOf('@'))}` : null
