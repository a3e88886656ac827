import { AccountRole, type Person } from '../person/person.entity.js'

const names = (people: Person[], most = 8) =>
  `${people
    .slice(0, most)
    .map((person) => person.username)
    .join('  ')}${people.length > most ? `  … （共 ${people.length} 个）` : ''}`

/** What is printed at the first start: who can sign in, and the one password of the demo. */
export function accountList(people: Person[], told: string): string {
  const of = (...roles: AccountRole[]) => people.filter((person) => roles.includes(person.role))
  const lines: [string, Person[], number?][] = [
    ['系统管理员', of(AccountRole.ADMIN)],
    ['镇安办', of(AccountRole.TOWN_OFFICE)],
    ['站所', of(AccountRole.STATION), 99],
    ['村', of(AccountRole.VILLAGE), 99],
    ['企业', of(AccountRole.ENTERPRISE)],
    ['车间、岗位', of(AccountRole.WORKSHOP, AccountRole.POST), 4],
    ['县级查询', of(AccountRole.COUNTY)],
  ]
  return `\n演示账号（密码都是 ${told}）\n${lines.map(([title, who, most]) => `  ${title}：${names(who, most)}`).join('\n')}\n`
}
