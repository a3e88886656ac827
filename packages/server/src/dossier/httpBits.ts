/** How a refusal is said in the language of HTTP. */
export const STATUS: Record<string, number> = {
  ...{ UNAUTHENTICATED: 401, CSRF: 403, FORBIDDEN: 403, PASSWORD_CHANGE: 403, NOT_FOUND: 404, NOT_MULTIPART: 406, FILE_TOO_LARGE: 413 },
}

/** A name as a part of a path on any system. */
export const cleanPath = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
    .replace(/^\.+/, '_')
    .trim()
    .slice(0, 80) || '_'

/** 2026-03-02 10:00, by the clock in Shanghai. */
export const shanghai = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
