import { Field, ID, ObjectType } from 'type-graphql'
import { Capability, capabilitiesOf } from '../shared/capability.js'
import { maskPhone } from '../shared/phone.js'
import type { Reader } from '../shared/read/reader.js'
import { maskIdentity } from './maskIdentity.js'
import { AccountRole } from './person.entity.js'

@ObjectType({ description: '代码与名称', simpleResolvers: true })
export class Place {
  @Field(() => String) code!: string
  @Field(() => String) name!: string
}

@ObjectType({ simpleResolvers: true })
export class OwnEnterprise {
  @Field(() => ID) id!: string
  @Field(() => String) name!: string
}

/** The signed-in person, with what the screens need to greet him and to hide what cannot work for him. */
@ObjectType({ description: '登录的人', simpleResolvers: true })
export class Viewer {
  @Field(() => ID) id!: string
  @Field(() => String) username!: string
  @Field(() => String, { description: '姓名' }) name!: string
  @Field(() => AccountRole) role!: AccountRole
  @Field(() => Boolean, { description: '须先修改密码，否则不能做其他事' }) mustChangePassword!: boolean
  @Field(() => String, { nullable: true, description: '手机' }) phoneMasked!: string | null
  @Field(() => Place, { nullable: true, description: '所属区划' }) division!: Place | null
  @Field(() => Place, { nullable: true, description: '所属站所' }) station!: Place | null
  @Field(() => OwnEnterprise, { nullable: true, description: '所属企业' }) enterprise!: OwnEnterprise | null
  @Field(() => String, { nullable: true, description: '车间（部门）' }) workshop!: string | null
  @Field(() => String, { nullable: true, description: '统一身份（已绑定，只显示后几位）' }) identityMasked!: string | null
  @Field(() => [Capability], { description: '可以做的事' }) may!: Capability[]
}

const LOOK_UP = `select p.id, p.username, p.name, p.role, p.must_change_password as must, p.phone, p.external_subject as subject, p.workshop, p.division, d.name as division_name,
  p.station, s.name as station_name, p.enterprise, e.name as enterprise_name
  from person p left join division d on d.code = p.division left join station s on s.code = p.station left join enterprise e on e.id = p.enterprise
  where p.id = ?`

export async function viewerOf(reader: Reader, person: string): Promise<Viewer> {
  const [row] = await reader.all(LOOK_UP, [person])
  const text = (key: string) => (row![key] as string | null) ?? null
  const role = text('role') as AccountRole
  const place = (key: 'division' | 'station') => (text(key) ? { code: text(key)!, name: text(`${key}_name`) ?? text(key)! } : null)
  return {
    id: text('id')!,
    username: text('username')!,
    name: text('name')!,
    role,
    mustChangePassword: !!row!['must'],
    phoneMasked: maskPhone(text('phone')),
    division: place('division'),
    station: place('station'),
    enterprise: text('enterprise') ? { id: text('enterprise')!, name: text('enterprise_name') ?? '' } : null,
    workshop: text('workshop'),
    identityMasked: maskIdentity(text('subject')),
    may: capabilitiesOf(role),
  }
}
