import { registerEnumType } from 'type-graphql'
import type { Actor } from '../shared/context.js'
import { Choice, Derived, Facts, Flag, Instant, Text, Thing } from '../shared/datum.js'
import { nameOf } from '../shared/read/names.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import type { Scope } from '../shared/scope.js'
import { maskPhone } from '../shared/phone.js'
import { worded } from '../shared/words.js'
import { maskIdentity } from './maskIdentity.js'

/** design.md §2. A board link is no account. */
export enum AccountRole {
  ADMIN = 'ADMIN',
  TOWN_OFFICE = 'TOWN_OFFICE',
  STATION = 'STATION',
  VILLAGE = 'VILLAGE',
  ENTERPRISE = 'ENTERPRISE',
  WORKSHOP = 'WORKSHOP',
  POST = 'POST',
  COUNTY = 'COUNTY',
}
registerEnumType(AccountRole, {
  name: 'AccountRole',
  description: '账号角色',
  valuesConfig: worded({
    ADMIN: '管理员',
    TOWN_OFFICE: '镇安办',
    STATION: '站所',
    VILLAGE: '村',
    ENTERPRISE: '企业',
    WORKSHOP: '车间',
    POST: '岗位',
    COUNTY: '县级',
  }),
})

const ENTERPRISE_ROLES: readonly AccountRole[] = [AccountRole.ENTERPRISE, AccountRole.WORKSHOP, AccountRole.POST]

@Facts('PersonInput')
export abstract class PersonFacts extends Recorded {
  @Text('姓名', { max: 40, personal: true }) name!: string
  @Choice('角色', AccountRole) role!: AccountRole
  /** Town for a town office or station, village for a village, county for an analyst. */
  @Text('所属区划代码', { max: 12, index: true }) division!: string
  @Text('所属站所代码', { max: 40, nullable: true }) station?: string
  @Text('所属企业', { max: 36, nullable: true }) enterprise?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
}

/** An account: one person who signs in. Separation of duties is by account. */
@Thing('账号', { table: 'person', scope: 'closed' })
export class Person extends PersonFacts {
  @Text('用户名', { max: 60, unique: true }) username!: string
  @Text('手机（完整）', { max: 20, nullable: true, personal: true, shown: false }) phone?: string
  @Derived('手机', () => String, ['phone'], (row) => maskPhone(row['phone'] as string | null | undefined), { nullable: true }) phoneMasked?: string
  @Derived('所属区划', () => String, ['division'], (row, context) => nameOf(context, 'division', row['division']), { nullable: true }) divisionName?: string
  @Derived('所属站所', () => String, ['station'], (row, context) => nameOf(context, 'station', row['station']), { nullable: true }) stationName?: string
  @Derived('所属企业名称', () => String, ['enterprise'], (row, context) => nameOf(context, 'enterprise', row['enterprise']), { nullable: true })
  enterpriseName?: string
  @Text('密码', { personal: true, shown: false }) passwordHash!: string
  /** Who this is at the identity provider, by its own lasting identifier; known once he has come from there. */
  @Text('统一身份标识', { max: 255, nullable: true, unique: true, personal: true, shown: false }) externalSubject?: string
  @Derived('统一身份（已绑定，只显示后几位）', () => String, ['externalSubject'], (row) => maskIdentity(row['externalSubject'] as string | null), {
    nullable: true,
  })
  identityMasked?: string
  @Flag('首次登录须改密码') mustChangePassword: boolean = false
  @Instant('停用时间', { nullable: true }) disabledAt?: string
  @Instant('最近登录', { nullable: true }) lastSignInAt?: string

  /** What this account may see; an account that lacks what its role needs sees nothing at all. */
  scope(): Scope {
    if (this.role === AccountRole.ADMIN) return { division: '' }
    const scope: Scope = { division: required(this.division, '区划') }
    if (this.role === AccountRole.STATION) scope.station = required(this.station, '站所')
    if (ENTERPRISE_ROLES.includes(this.role)) scope.enterprise = required(this.enterprise, '企业')
    if (this.role === AccountRole.WORKSHOP || this.role === AccountRole.POST) scope.workshop = required(this.workshop, '车间')
    return scope
  }

  asActor(): Actor {
    const actor: Actor = { id: this.id, name: this.name, role: this.role, scope: this.scope(), mustChangePassword: this.mustChangePassword }
    if (this.station) actor.station = this.station
    if (this.enterprise) actor.enterprise = this.enterprise
    return actor
  }
}

function required(value: string | undefined, what: string): string {
  if (!value) throw new Refusal('ACCOUNT_INCOMPLETE', `账号没有设置所属${what}，请联系管理员`)
  return value
}
