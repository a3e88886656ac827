import { words } from '../shared/words'

/** What is wrong with a query or an answer, in the reader's words, and where in the text. */
export interface Fault {
  message: string
  line?: number
  column?: number
  /** Where in the answer. */
  path?: string
}

type Said = [key: string, values: Record<string, string>]
const TRY = /Did you mean (?:to use an inline fragment on )?(.+?)\?$/
const first = (found: string | undefined) => (found ? /"([^"]+)"/.exec(found)?.[1] : undefined)
const orTry = (key: string, said: string, values: Record<string, string>): Said => {
  const better = first(TRY.exec(said)?.[1])
  return better ? [`${key}Try`, { ...values, try: better }] : [key, values]
}

/** The sentences of the reference implementation, each with the words we have for it. */
const SAID: [RegExp, (found: RegExpExecArray, said: string) => Said][] = [
  [/^Cannot query field "(.+?)" on type "(.+?)"/, ([, field = '', type = ''], said) => orTry('noField', said, { field, type })],
  [/^Unknown argument "(.+?)" on field "(?:[^"]+\.)?([^".]+)"/, ([, argument = '', field = ''], said) => orTry('noArgument', said, { field, argument })],
  [/^Field "(.+?)" of type ".+?" must have a selection of subfields/, ([, field = '']) => ['selection', { field }]],
  [/^Field "(.+?)" must not have a selection/, ([, field = '']) => ['noSelection', { field }]],
  [/^Value "(.+?)" does not exist in "(.+?)" enum/, ([, value = '', type = ''], said) => orTry('noChoice', said, { value, type })],
  [/^Enum "(.+?)" cannot represent non-enum value: (.+?)\./, ([, type = '', value = ''], said) => orTry('noChoice', said, { value, type })],
  [/^Field "(.+?)" is not defined by type "(.+?)"/, ([, field = '', type = ''], said) => orTry('noInput', said, { field, type })],
  [/^Field "(.+?)" argument "(.+?)" of type ".+?" is required/, ([, field = '', argument = '']) => ['missingArgument', { field, argument }]],
  [/^Argument "(.+?)" of required type/, ([, field = '']) => ['missingInput', { field }]],
  [/^Field "(?:[^"]+\.)?([^".]+)" of required type ".+?" was not provided/, ([, field = '']) => ['missingInput', { field }]],
  [/^Variable "\$(.+?)" is not defined/, ([, name = '']) => ['noVariable', { name }]],
  [/^Variable "\$(.+?)" is never used/, ([, name = '']) => ['unusedVariable', { name }]],
  [
    /^Variable "\$(.+?)" of type "(.+?)" used in position expecting type "(.+?)"/,
    ([, name = '', type = '', expected = '']) => ['variableType', { name, type, expected }],
  ],
  [/^Variable "\$(.+?)" (?:of required type .* was not provided|of non-null type)/, ([, name = '']) => ['missingInput', { field: `$${name}` }]],
  [/^Variable "\$(.+?)" got invalid value .+?; (.+)$/s, ([, name = '', why = '']) => ['variableValue', { name, why: faultInWords(why) }]],
  [/^Unknown type "(.+?)"/, ([, type = '']) => ['noType', { type }]],
  [/^Unknown fragment "(.+?)"/, ([, name = '']) => ['noFragment', { name }]],
  [/^Fragment "(.+?)" is never used/, ([, name = '']) => ['unusedFragment', { name }]],
  [/^Expected value of type "(.+?)", found (.+?)\.?$/, ([, type = '', value = '']) => ['wrongValue', { type, value }]],
  [/^(\w+) cannot represent (?:a |an )?(?:non-)?.*?: (.+)$/, ([, type = '', value = '']) => ['wrongValue', { type, value }]],
  [/^Fields "(.+?)" conflict because/, ([, field = '']) => ['conflict', { field }]],
  [/^Syntax Error: Expected (.+), found (.+?)\.?$/, ([, expected = '', found = '']) => ['syntax', { expected: token(expected), found: token(found) }]],
  [/^Syntax Error: Unexpected (.+?)\.?$/, ([, found = '']) => ['unexpected', { found: token(found) }]],
  [/^Syntax Error: Unterminated string/, () => ['unterminated', {}]],
]

const token = (found: string) =>
  found === '<EOF>' ? words.global.t('question.fault.end') : found.replace(/^Name /, '').replace(/^Name$/, words.global.t('question.fault.name'))

export function faultInWords(said: string): string {
  const { t } = words.global
  for (const [pattern, say] of SAID) {
    const found = pattern.exec(said)
    if (!found) continue
    const [key, values] = say(found, said)
    return t(`question.fault.${key}`, values)
  }
  // Refusals of the graph are in the reader's words already.
  if (/\p{Script=Han}/u.test(said)) return said
  return t('question.fault.other', { message: said })
}
