/** The colours of states and outcomes; the word always stands with them. */
export const STATE_LOOK = { COMING: 'grey', DUE: 'blue', DONE: 'green', LATE: 'orange', MISSED: 'red', EXCUSED: 'grey' } as const
export const OUTCOME_LOOK = { PASS: 'green', FAIL: 'red', FIXED: 'orange', NA: 'grey', NOT_CHECKED: 'grey' } as const
