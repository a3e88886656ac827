import { Ctx, Query, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import { Person } from './person.entity.js'

@Resolver()
export class PersonResolver {
  @Query(() => Person, { nullable: true, description: '我是谁；没有登录则为空' })
  async viewer(@Ctx() { em, actor }: Context): Promise<Person | null> {
    return actor ? em.findOne(Person, actor.id) : null
  }
}
