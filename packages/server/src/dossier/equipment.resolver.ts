import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import type { ListField } from '../shared/read/listField.js'
import { Equipment, EquipmentFacts } from './equipment.entity.js'
import { correct, enter, withdraw } from './recordActs.js'
import { dossierReader } from './rights.js'

export const EQUIPMENTS: ListField = {
  name: 'equipments',
  target: Equipment,
  description: '设备台账，含特种设备与检验日期',
  who: dossierReader,
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
}

/** What is entered into the ledger of equipment. */
@Resolver(() => Equipment)
export class EquipmentResolver {
  @Mutation(() => Equipment, { description: '登记设备' })
  equipmentEnter(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('facts', () => EquipmentFacts as never) facts: EquipmentFacts,
  ): Promise<Equipment> {
    return enter(context, 'equipmentEnter', Equipment, enterprise, facts)
  }

  @Mutation(() => Equipment, { description: '更正设备' })
  equipmentCorrect(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => EquipmentFacts as never) facts: EquipmentFacts,
  ): Promise<Equipment> {
    return correct(context, 'equipmentCorrect', Equipment, { id, version }, facts)
  }

  @Mutation(() => Equipment, { description: '作废设备，写明原因' })
  equipmentVoid(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Equipment> {
    return withdraw(context, 'equipmentVoid', Equipment, { id, version, reason })
  }
}
