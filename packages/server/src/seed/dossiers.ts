import { ref } from '@mikro-orm/core'
import { Accident } from '../dossier/accident.entity.js'
import { Certificate } from '../dossier/certificate.entity.js'
import { DossierDocument } from '../dossier/document.entity.js'
import { Dossier } from '../dossier/dossier.entity.js'
import { Drill } from '../dossier/drill.entity.js'
import { Equipment } from '../dossier/equipment.entity.js'
import { addMonths, lastDayOf } from '../dossier/months.js'
import { TrainingRecord } from '../dossier/training.entity.js'
import { ZeroReport } from '../dossier/zeroReport.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { linkedId } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import type { Recorded } from '../shared/recorded.entity.js'
import type { Chapter, Told } from './chapters.js'
import { DossierTeller } from './dossierTeller.js'
import { plain } from './plain.js'
import { Random } from './random.js'
import type { Firm } from './settle.js'

/** How far a firm has come: one in ten has not begun, one in nine has everything, the others are on their way. */
type Diligence = 'none' | 'full' | number

/** 一企一档 of the demo town: papers of mixed completeness, some running out, trainings, equipment, drills, months without an accident. */
export const DOSSIERS: Chapter = {
  things: [Dossier, DossierDocument, TrainingRecord, Equipment, Certificate, Drill, Accident, ZeroReport],
  tell(told) {
    const random = new Random('anbiao dossiers')
    const active = new Set(
      told.world.chronicle
        .all(Hazard)
        .filter(({ foundOn }) => foundOn > addMonths(dayOf(told.now), -10))
        .map((one) => linkedId(one.enterprise)!),
    )
    for (const firm of told.firms) tellFirm(told, firm, diligenceOf(firm, active.has(firm.enterprise.id), random), random)
  },
}

function diligenceOf({ n, enterprise }: Firm, found: boolean, random: Random): Diligence {
  if (enterprise.closedOn || n % 10 === 7 || !enterprise.station) return 'none'
  return n % 9 === 1 && found ? 'full' : random.whole(35, 92)
}

function tellFirm(told: Told, firm: Firm, diligence: Diligence, random: Random): void {
  const teller = new DossierTeller(told, firm, random)
  teller.open(diligence !== 'none')
  if (diligence === 'none') return
  const full = diligence === 'full'
  const does = () => full || random.percent(diligence)
  const { enterprise } = firm
  const staff = enterprise.staffCount ?? 0
  const today = dayOf(told.now)
  for (const demand of told.world.demands.values()) if (demand.kind === 'DOCUMENT' && teller.asks(demand) && does()) teller.file(demand, full)

  for (let i = 0; i < (full ? 3 : random.whole(0, 4)); i++) {
    const trained = Math.max(1, Math.floor((staff * random.whole(60, 100)) / 100))
    teller.record(TrainingRecord, 'trainingEnter', teller.ago(random.whole(5, 330)), (day) => ({
      ...random.pick(TRAININGS),
      ...{ heldOn: day, hours: random.pick([2, 4, 8, 24]), required: Math.max(staff, trained), trained, passed: Math.max(1, trained - random.whole(0, 2)) },
    }))
  }
  for (const one of random.shuffle([...EQUIPMENT]).slice(0, full ? 3 : random.whole(0, 4)))
    teller.record(Equipment, 'equipmentEnter', teller.ago(random.whole(20, 300)), () => ({
      ...one,
      state: 'IN_USE',
      ...(one.special ? teller.inspected(full) : {}),
    }))
  const hasSpecial = teller.of(Equipment).some(({ special }) => special)
  const papers = [
    ...[LICENCE, ...(staff > 9 ? [PRINCIPAL, OFFICER] : [])],
    ...(/石材|砖瓦|建筑|藤铁|家具|加油/.test(enterprise.trade ?? '') ? [WELDER] : []),
    ...(hasSpecial ? [OPERATOR] : []),
  ]
  for (const one of papers)
    if (does())
      teller.record(Certificate, 'certificateEnter', teller.ago(random.whole(30, 350)), () => ({
        ...one,
        ...teller.lasting(full),
        number: `${random.pick(['MA', 'AQ', 'TZ'])}3505${random.whole(10_000, 99_999)}`,
      }))
  if (does())
    teller.record(Drill, 'drillEnter', teller.ago(random.whole(10, 320)), (day) => {
      const required = Math.max(staff, 2)
      return {
        ...random.pick(DRILLS),
        heldOn: day,
        required,
        joined: Math.max(1, required - random.whole(0, 3)),
        evaluated: true,
        findings: '集合清点偏慢，已明确各岗位引导员',
      }
    })
  if (random.percent(4))
    teller.record(Accident, 'accidentEnter', teller.ago(random.whole(90, 300)), (day) => ({ ...ACCIDENT, happenedOn: day, reportedOn: day }))
  const hurt = teller.of(Accident).map(({ happenedOn }) => happenedOn.slice(0, 7))
  for (let back = random.whole(3, 8); back >= 1; back--) {
    const period = addMonths(today, -back).slice(0, 7)
    if (!hurt.includes(period) && (full || random.percent(78))) teller.zero(period, lastDayOf(period))
  }
}

const TRAININGS = [
  { kind: 'THREE_LEVEL', topic: '新员工三级安全教育' },
  { kind: 'REFRESHER', topic: '年度全员再培训' },
  { kind: 'TOPIC', topic: '机械防护与挂牌上锁' },
  { kind: 'TOPIC', topic: '消防器材使用与疏散逃生' },
  { kind: 'TOPIC', topic: '用电安全与配电箱管理' },
]
const EQUIPMENT = [
  { name: '滚筒杀青机', kind: 'GENERAL', special: false, model: '6CST-90', place: '加工车间' },
  { name: '冲压机', kind: 'GENERAL', special: false, model: 'J23-40', place: '冲压车间' },
  { name: '内燃平衡重式叉车', kind: 'FORKLIFT', special: true, registrationCode: '车11闽C（演示）0817', place: '成品仓' },
  { name: '载货电梯', kind: 'LIFT', special: true, registrationCode: '梯11闽C（演示）2036', place: '主厂房' },
  { name: '电动单梁起重机', kind: 'CRANE', special: true, registrationCode: '起17闽C（演示）0392', place: '堆场' },
  { name: '储气罐', kind: 'PRESSURE_VESSEL', special: true, registrationCode: '容1LC闽C（演示）0456', place: '空压机房' },
  { name: '室内消火栓系统', kind: 'FIRE', special: false, place: '全厂' },
]
const LICENCE = { kind: 'LICENCE', title: '营业执照', issuer: '安溪县市场监督管理局（演示）' }
const PRINCIPAL = { kind: 'PRINCIPAL', title: '主要负责人安全生产知识和管理能力考核合格证', holderRole: '主要负责人' }
const OFFICER = { kind: 'OFFICER', title: '安全生产管理人员考核合格证', holderRole: '安全管理员' }
const WELDER = { kind: 'SPECIAL_OPERATION', title: '特种作业操作证（焊接与热切割）', holderRole: '焊工' }
const OPERATOR = { kind: 'EQUIPMENT_OPERATOR', title: '特种设备作业人员证', holderRole: '特种设备操作工' }
const DRILLS = [
  { kind: 'EVACUATION', scenario: '厂房火灾疏散演练' },
  { kind: 'FUNCTIONAL', scenario: '机械伤害现场处置演练' },
  { kind: 'TABLETOP', scenario: '台风暴雨停产停业桌面推演' },
]
const ACCIDENT = {
  ...{
    grade: 'NEAR_MISS',
    accidentType: '物体打击',
    place: '堆场',
    summary: '吊运时钢丝绳滑脱，货物坠落，未伤人',
    deaths: 0,
    seriousInjuries: 0,
    minorInjuries: 0,
  },
  ...{ cause: '吊具未检查', measures: '更换吊具，班前检查列入岗位卡片' },
}

/** A record of the dossier in the making. */
export const standingIn = <R extends Recorded>(thing: new () => R, { enterprise }: Firm, id: string): R =>
  Object.assign(new (plain(thing))(), {
    id,
    enterprise: ref(enterprise),
    division: enterprise.division,
    ...(enterprise.station ? { station: enterprise.station } : {}),
  })
