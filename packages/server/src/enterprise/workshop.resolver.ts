import { ref } from '@mikro-orm/core'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { type Act, act } from '../shared/act.js'
import type { Actor, Context, SignedIn } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import type { Enterprise } from './enterprise.entity.js'
import { renameWith } from './rename.js'
import { placeOf, standing } from './standing.js'
import { Post, PostFacts, Workshop, WorkshopFacts } from './workshop.entity.js'

export const WORKSHOPS: ListField = {
  name: 'workshops',
  target: Workshop,
  description: '车间（部门）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'division' }, { field: 'name' }],
}

export const POSTS: ListField = {
  name: 'posts',
  target: Post,
  description: '岗位（班组）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'division' }, { field: 'workshop' }, { field: 'name' }],
}

const ID_ARG = () => ID

/** How an enterprise is made up. Its own people keep it; the town office and its station may help (domain.md §1.9). */
@Resolver()
export class WorkshopResolver {
  @Mutation(() => Workshop, { description: '新增车间（部门）' })
  workshopAdd(
    @Ctx() context: Context,
    @Arg('enterprise', ID_ARG) enterprise: string,
    @Arg('facts', () => WorkshopFacts as never) facts: WorkshopFacts,
  ): Promise<Workshop> {
    const ctx = keeper(context)
    return act(ctx, 'workshopAdd', async ({ em }) => {
      const { firm } = await standing(em, enterprise)
      needOpen(firm, ctx)
      const { enterprise: owner, division, station } = placeOf(firm)
      const workshop = Object.assign(new Workshop(), { enterprise: owner, division, ...(station ? { station } : {}), createdAt: instant(ctx.now) })
      describe(workshop, facts)
      if (await em.findOne(Workshop, { enterprise, name: workshop.name })) throw taken('车间（部门）', workshop.name)
      em.persist(workshop)
      return workshop
    })
  }

  @Mutation(() => Workshop, { description: '修改车间（部门）；改名时，其岗位、隐患、账号等一并跟随' })
  workshopEdit(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => WorkshopFacts as never) facts: WorkshopFacts,
  ): Promise<Workshop> {
    return onWorkshop(context, 'workshopEdit', { id, version }, async (workshop, doing) => {
      const before = workshop.name
      describe(workshop, facts)
      const other = await doing.em.findOne(Workshop, { enterprise: workshop.enterprise.id, name: workshop.name, id: { $ne: id } })
      if (other) throw taken('车间（部门）', workshop.name)
      await doing.em.flush()
      await renameWith(doing, workshop, before, 'workshopEdit')
    })
  }

  @Mutation(() => Workshop, { description: '撤销车间（部门）；记录保留，先撤销其岗位' })
  workshopEnd(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', () => Int) version: number): Promise<Workshop> {
    return onWorkshop(context, 'workshopEnd', { id, version }, async (workshop, { em }, { now }) => {
      needStanding(workshop)
      const posts = await em.count(Post, { unit: id, endedOn: null })
      if (posts) throw new Refusal('POSTS_LEFT', `这个车间还有 ${posts} 个岗位，请先撤销或改到别的车间`)
      workshop.endedOn = dayOf(now)
    })
  }

  @Mutation(() => Post, { description: '新增岗位（班组）' })
  postAdd(@Ctx() context: Context, @Arg('unit', ID_ARG) unit: string, @Arg('facts', () => PostFacts as never) facts: PostFacts): Promise<Post> {
    return onWorkshop(context, 'postAdd', { id: unit }, async (workshop, { em }, { now }) => {
      needStanding(workshop)
      const { enterprise, division, station, name } = workshop
      const post = Object.assign(new Post(), { enterprise, division, workshop: name, createdAt: instant(now) }, station ? { station } : {})
      post.unit = ref(workshop)
      describe(post, facts)
      if (await em.findOne(Post, { unit, name: post.name })) throw taken('岗位', post.name)
      em.persist(post)
      return post
    })
  }

  @Mutation(() => Post, { description: '修改岗位（班组）' })
  postEdit(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => PostFacts as never) facts: PostFacts,
  ): Promise<Post> {
    return onPost(context, 'postEdit', { id, version }, async (post, { em }) => {
      describe(post, facts)
      if (await em.findOne(Post, { unit: post.unit.id, name: post.name, id: { $ne: id } })) throw taken('岗位', post.name)
    })
  }

  @Mutation(() => Post, { description: '撤销岗位（班组）；记录保留' })
  postEnd(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', () => Int) version: number): Promise<Post> {
    return onPost(context, 'postEnd', { id, version }, (post, _doing, { now }) => {
      needStanding(post)
      post.endedOn = dayOf(now)
    })
  }
}

const keeper = (context: Context): SignedIn => signedIn(context, 'TOWN_OFFICE', 'STATION', 'ENTERPRISE')

interface Seen {
  id: string
  version?: number
}

function onWorkshop<T>(
  context: Context,
  name: string,
  { id, version }: Seen,
  work: (workshop: Workshop, doing: Act, ctx: SignedIn) => Promise<T>,
): Promise<T extends Post ? Post : Workshop> {
  const ctx = keeper(context)
  return act(ctx, name, async (doing) => {
    const workshop = await doing.em.findOne(Workshop, { id })
    if (!workshop) throw notFound('车间（部门）')
    if (version !== undefined && workshop.version !== version) throw conflict()
    return ((await work(workshop, doing, ctx)) ?? workshop) as T extends Post ? Post : Workshop
  })
}

function onPost(context: Context, name: string, { id, version }: Seen, work: (post: Post, doing: Act, ctx: SignedIn) => void | Promise<void>): Promise<Post> {
  const ctx = keeper(context)
  return act(ctx, name, async (doing) => {
    const post = await doing.em.findOne(Post, { id })
    if (!post) throw notFound('岗位')
    if (post.version !== version) throw conflict()
    await work(post, doing, ctx)
    return post
  })
}

/** Takes what was typed in: left out is unchanged, blank is cleared. */
function describe(row: Workshop | Post, facts: WorkshopFacts | PostFacts): void {
  const { id: _id, version: _version, createdAt: _at, ...typed } = facts
  for (const [key, value] of Object.entries(typed as Record<string, string | number | null>)) {
    if (value === undefined) continue
    const kept = typeof value === 'string' ? value.trim() : value
    if (kept === null || kept === '') delete (row as unknown as Record<string, unknown>)[key]
    else Object.assign(row, { [key]: kept })
  }
  if (!row.name) throw new Refusal('NAME_MISSING', '请填写名称', { field: 'name' })
  if ('headcount' in row && row.headcount != null && row.headcount < 0) throw new Refusal('HEADCOUNT', '在岗人数不能是负数', { field: 'headcount' })
}

const taken = (what: string, name: string) => new Refusal('NAME_TAKEN', `这家企业已有${what}“${name}”，请换一个名称`, { field: 'name' })

function needStanding(row: Workshop | Post): void {
  if (row.endedOn) throw new Refusal('ALREADY', `“${row.name}”已经撤销`)
}

function needOpen(firm: Enterprise, { actor, now }: { actor: Actor; now: Date }): void {
  if (firm.closedOn && firm.closedOn <= dayOf(now)) throw forbidden(actor.role === 'ENTERPRISE' ? '企业已停业，不能新增' : '该企业已停业或迁出，不能新增')
}
