import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import type { Context, SignedIn } from '../shared/context.js'
import type { ListField } from '../shared/read/listField.js'
import { raw, type Sql, sql } from '../shared/read/sql.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { loadNorm, seesDrafts } from '../standard/keeping.js'
import { Norm } from '../standard/norm.entity.js'
import { diffItems, type FieldChange, type ItemChange, plainText } from './diff.js'
import { itemsOf, templatesOf } from './said.js'
import { statedOf } from './stated.js'
import { Template, TemplateItem } from './template.entity.js'

/** Of norms that hold where the reader works; drafts are seen where they are made. */
const ofSeenNorm = ({ actor }: SignedIn, norm: string): Sql => {
  const { division } = actor.scope
  const drafts = seesDrafts(actor) ? '' : ` and n.status <> 'DRAFT'`
  return sql`exists (select 1 from norm n where n.id = ${raw(norm)} and (n.division like ${`${division}%`} or ${division} like n.division || '%')${raw(drafts)})`
}

export const TEMPLATES: ListField = {
  name: 'templates',
  target: Template,
  description: '检查清单模板：各行业、各层级、各版本',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'trade' }, { field: 'key' }],
  also: (context) => ofSeenNorm(context, 't.norm_id'),
}
export const TEMPLATE_ITEMS: ListField = {
  name: 'templateItems',
  target: TemplateItem,
  description: '模板检查项',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'key' }],
  also: (context) => ofSeenNorm(context, '(select m.norm_id from template m where m.id = t.template_id)'),
}

@ObjectType({ description: '一处文字的前后', simpleResolvers: true })
export class TextChange {
  @Field(() => String, { description: '字段' }) field!: string
  @Field(() => String, { nullable: true, description: '原来' }) before!: string | null
  @Field(() => String, { nullable: true, description: '现在' }) after!: string | null
}
@ObjectType({ description: '一个检查项的变化', simpleResolvers: true })
export class NormItemChange {
  @Field(() => String, { description: 'ADDED 新增、CHANGED 修改、MOVED 移动、DROPPED 取消' }) kind!: ItemChange['kind']
  @Field(() => String, { description: '检查项编号' }) key!: string
  @Field(() => String, { description: '检查内容' }) content!: string
  @Field(() => String, { nullable: true, description: '原在哪里' }) from!: string | null
  @Field(() => String, { nullable: true, description: '移到（新增在）哪里' }) to!: string | null
  @Field(() => [TextChange], { description: '改了什么' }) fields!: FieldChange[]
}
@ObjectType({ description: '两版规范的差别', simpleResolvers: true })
class NormDiff {
  @Field(() => Norm, { nullable: true, description: '对比的旧版；第 1 版没有' }) before!: Norm | null
  @Field(() => [TextChange], { description: '名称、正文等的变化' }) texts!: TextChange[]
  @Field(() => [NormItemChange], { description: '检查项的变化' }) items!: ItemChange[]
}

@Resolver(() => Norm)
export class TemplateResolver {
  @Query(() => NormDiff, { description: '这一版与上一版（或指定的一版）的差别' })
  async normDiff(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('against', () => ID, { nullable: true }) against: string | undefined,
  ): Promise<NormDiff> {
    const ctx = signedIn(context, ...READERS)
    const { em } = ctx
    const norm = await loadNorm(ctx, em, id)
    const before = against
      ? await loadNorm(ctx, em, against)
      : await em.findOne(Norm, { series: norm.series, edition: { $lt: norm.edition } }, { orderBy: { edition: 'desc' } })
    const stated = async (of: Norm) =>
      (await Promise.all((await templatesOf(em, of.id)).map(async (template) => statedOf(template, await itemsOf(em, template.id))))).flat()
    return {
      before,
      texts: before ? textChanges(before, norm) : [],
      items: before ? diffItems(await stated(before), await stated(norm)) : [],
    }
  }
}

const TEXTS = ['title', 'number', 'issuer', 'issuedOn', 'body'] as const
const textChanges = (before: Norm, after: Norm): TextChange[] =>
  TEXTS.flatMap((field) => {
    const [was, is] = [plainText(before[field]), plainText(after[field])]
    return was === is ? [] : [{ field, before: was, after: is }]
  })
