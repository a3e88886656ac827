/** Who may read the figures of the process: nobody, whoever is on this machine, or whoever has the token. */
export type MetricsAccess = 'off' | 'loopback' | { token: string }
